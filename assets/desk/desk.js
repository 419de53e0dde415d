// What the page does by itself: seconds that count on, ringing, copying, covering, and saying that a hand moved.
"use strict";
(() => {
  const body = document.body;
  const blankAfter = Number(body.dataset.blank || 0) * 1000;
  const csrf = body.dataset.csrf;
  const title = document.title;
  let calls = "";
  let moved = Date.now();
  let told = Date.now();

  // Seconds since the part of the page came, added to what it said.
  const started = new WeakMap();
  const count = () => {
    for (const at of document.querySelectorAll("[data-seconds]")) {
      if (!started.has(at)) started.set(at, Date.now());
      const gone = Number(at.dataset.seconds) + Math.floor((Date.now() - started.get(at)) / 1000);
      at.textContent = `${Math.floor(gone / 60)}:${String(gone % 60).padStart(2, "0")}`;
    }
  };

  // A call rings softly, again every few seconds until somebody takes it; only after a hand allowed it.
  const button = document.getElementById("sound");
  let audio = null;
  const wanted = () => localStorage.getItem("desk-sound") === "on";
  const wake = () => {
    if (wanted() && !audio) audio = new AudioContext();
    if (audio && audio.state === "suspended") audio.resume();
  };
  const show = () => {
    if (!button) return;
    button.dataset.off ||= button.textContent;
    button.textContent = wanted() ? button.dataset.on : button.dataset.off;
    button.setAttribute("aria-pressed", String(wanted()));
  };
  const ring = () => {
    if (!calls || !audio || !wanted()) return;
    for (const [at, pitch] of [[0, 880], [0.25, 660]]) {
      const tone = audio.createOscillator();
      const loud = audio.createGain();
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.15, audio.currentTime + at);
      loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.4);
      tone.connect(loud).connect(audio.destination);
      tone.start(audio.currentTime + at);
      tone.stop(audio.currentTime + at + 0.45);
    }
  };
  if (button) {
    button.addEventListener("click", () => {
      localStorage.setItem("desk-sound", wanted() ? "off" : "on");
      wake();
      show();
    });
    show();
  }

  // The desk tells that something is new, and who calls.
  if ("live" in body.dataset) {
    const live = new EventSource("/live");
    live.addEventListener("news", () => {
      for (const part of document.querySelectorAll("[data-part]")) htmx.trigger(part, "news");
    });
    live.addEventListener("calls", (event) => {
      const before = calls;
      calls = event.data;
      document.title = calls ? `● ${calls} ${title}` : title;
      document.getElementById("cover")?.classList.toggle("ringing", Boolean(calls));
      if (calls && calls !== before) ring();
    });
  }

  // What was folded out stays so when its part comes anew.
  let folded = [];
  document.addEventListener("htmx:beforeSwap", () => {
    folded = [...document.querySelectorAll("details[id][open]")].map((at) => at.id);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const id of folded) document.getElementById(id)?.setAttribute("open", "");
  });

  // A name or a number is copied with one press.
  document.addEventListener("click", (event) => {
    const of = event.target.closest("[data-copy]");
    if (!of) return;
    navigator.clipboard.writeText(of.dataset.copy).then(() => {
      of.classList.add("copied");
      setTimeout(() => of.classList.remove("copied"), 1500);
    });
  });

  // Without a hand the page covers itself; a hand takes the cover off and is told to the desk once a minute.
  const cover = document.getElementById("cover");
  const hand = () => {
    moved = Date.now();
    if (cover) cover.hidden = true;
    wake();
    if (csrf && moved - told > 60000) {
      told = moved;
      fetch("/used", { method: "POST", body: new URLSearchParams({ csrf }) }).then((answer) => {
        if (answer.redirected || answer.status === 401) location.assign("/login");
      });
    }
  };
  for (const kind of ["keydown", "pointerdown", "pointermove"]) document.addEventListener(kind, hand, { passive: true });

  setInterval(() => {
    count();
    if (cover && blankAfter && Date.now() - moved > blankAfter) cover.hidden = false;
  }, 1000);
  setInterval(ring, 6000);
})();
