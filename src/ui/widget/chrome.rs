//! What stands around every screen: title, panels to open, progress, staff call, leaving, training band.

use iced::widget::{Space, column, container, row};
use iced::{Length, Padding, alignment, border};

use super::button::{Weight, disc, face};
use super::icon::{Icon, icon};
use super::pressable::Pressable;
use crate::domain::session::PatientInput;
use crate::ui::look::Look;
use crate::ui::message::{Element, Message};
use crate::ui::metrics::{EDGE_MM, GAP_MM, Role, TARGET_MM};
use crate::ui::outline::CONTENT;
use crate::ui::{DockInput, DockView, Overlay};

/// What a screen wants around it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Chrome {
    /// Which step is running.
    pub step: Option<Step>,
    /// 職員を呼ぶ.
    pub staff: bool,
    /// やめる, by the key of its words.
    pub cancel: Option<&'static str>,
    /// 練習中.
    pub training: bool,
    /// The panel that is open over the screen.
    pub overlay: Option<Overlay>,
}

/// The steps of a visit, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The card is put down.
    Card,
    /// Who is it?
    Identity,
    /// The qualification is checked.
    Check,
    /// What may be shared?
    Consent,
    /// Received.
    Done,
}

impl Step {
    const ALL: [Step; 5] = [Step::Card, Step::Identity, Step::Check, Step::Consent, Step::Done];

    /// The text key of its name.
    fn name(self) -> &'static str {
        match self {
            Step::Card => "step-card",
            Step::Identity => "step-identity",
            Step::Check => "step-check",
            Step::Consent => "step-consent",
            Step::Done => "step-done",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Step::Card => Icon::Card,
            Step::Identity => Icon::Face,
            Step::Check => Icon::Network,
            Step::Consent => Icon::Paper,
            Step::Done => Icon::Check,
        }
    }
}

/// Width of a tool where patient's and trainer's stand in one row.
const TRAINER_TOOL_MM: f32 = 31.0;

/// `content` with everything around it.
pub fn page(chrome: Chrome, dock: Option<&DockView>, content: Element, look: Look) -> Element {
    let content: Element = container(content).id(CONTENT).into();
    let framed = match look.lowered() {
        Some(low) => column![upper(chrome, look), lower(chrome, dock, content, low)].into(),
        None if look.landscape() => landscape(chrome, dock, content, look),
        None => portrait(chrome, dock, content, look),
    };
    let page = column![].push(chrome.training.then(|| training(dock, look))).push(framed);
    let p = look.palette();
    container(page)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::Style {
            background: Some(p.page.into()),
            text_color: Some(p.ink),
            ..container::Style::default()
        })
        .into()
}

/// The upper half for someone seated: nothing to press, only where the visit stands, large.
fn upper(chrome: Chrome, look: Look) -> Element {
    let p = look.palette();
    let kind = chrome.step.map_or(Icon::Card, Step::icon);
    let name = look.word(chrome.step.map_or("app-title", Step::name));
    let words = column![
        disc(kind, look.mm(56.0), p.accent_soft, p.on_accent_soft),
        look.at(1.0).centred(Role::Hero, name, p.ink).width(Length::Fill)
    ];
    let words = container(words.spacing(look.mm(8.0)).align_x(alignment::Horizontal::Center)).center(Length::Fill);
    column![words]
        .push(chrome.step.map(|step| progress(step, look)))
        .height((look.metrics.size.height / 2.0).ceil())
        .padding(look.mm(8.0))
        .into()
}

/// The lower half for someone seated: the content, and everything that stands around it in one row below.
fn lower(chrome: Chrome, dock: Option<&DockView>, content: Element, look: Look) -> Element {
    let side = look.mm(8.0);
    let all = row(tools(chrome, dock, look))
        .push(chrome.staff.then(|| staff(look)))
        .push(chrome.cancel.map(|label| cancel(label, look)))
        .spacing(look.mm(GAP_MM));
    let content = container(content).height(Length::Fill).padding(Padding::from([look.mm(4.0), side]));
    column![content, rule(look, Length::Fill, Length::Fixed(1.0)), strip(all.into(), side, look)]
        .height(Length::Fill)
        .into()
}

fn portrait(chrome: Chrome, dock: Option<&DockView>, content: Element, look: Look) -> Element {
    let side = look.space(11.0, 7.0);
    let tools = row(tools(chrome, dock, look)).spacing(look.mm(GAP_MM));
    let seated = look.preferences.seated;
    let named = !seated && !look.metrics.compact;
    // The trainer's tools need the room; the band above says what this is.
    let top = row![]
        .push(dock.is_none().then(|| brand(named, look)))
        .push(Space::new().width(Length::Fill))
        .push(tools)
        .align_y(alignment::Vertical::Center);
    let line = || rule(look, Length::Fill, Length::Fixed(1.0));
    let (above, below) = (strip(top.into(), side, look), line());
    // On a small panel someone seated finds the tools at the bottom with the rest.
    let (mut all, tools) =
        if seated { (column![], Some(column![below, above])) } else { (column![above, below], None) };
    if let Some(step) = chrome.step {
        all = all.push(
            container(progress(step, look))
                .padding(Padding { top: look.space(4.0, 3.0), ..Padding::from([0.0, side]) }),
        );
    }
    let above = if chrome.step.is_some() { look.mm(3.0) } else { look.space(9.0, 5.0) };
    all = all.push(container(content).height(Length::Fill).padding(Padding {
        top: above,
        bottom: look.space(7.0, 4.0),
        ..Padding::from([0.0, side])
    }));
    if chrome.staff || chrome.cancel.is_some() {
        let leave = row![]
            .push(chrome.staff.then(|| staff(look)))
            .push(chrome.cancel.map(|label| cancel(label, look)))
            .spacing(look.space(6.0, 4.0));
        all = all.push(line()).push(strip(leave.into(), side, look));
    }
    all.push(tools).height(Length::Fill).into()
}

/// A strip across the window.
fn strip(content: Element, side: f32, look: Look) -> Element {
    let p = look.palette();
    container(content)
        .width(Length::Fill)
        .padding(Padding::from([look.space(4.2, 3.0), side]))
        .style(move |_| container::Style { background: Some(p.surface.into()), ..container::Style::default() })
        .into()
}

fn rule(look: Look, width: Length, height: Length) -> Element {
    let p = look.palette();
    container(Space::new().width(width).height(height))
        .style(move |_| container::Style { background: Some(p.line.into()), ..container::Style::default() })
        .into()
}

fn landscape(chrome: Chrome, dock: Option<&DockView>, content: Element, look: Look) -> Element {
    let p = look.palette();
    let gap = look.mm(GAP_MM);
    let space = || Space::new().height(Length::Fill);
    let low = look.preferences.seated;
    let rail = column![]
        .push(low.then(space))
        .extend(tools(chrome, dock, look))
        .push((!low).then(space))
        .push(chrome.staff.then(|| staff(look)))
        .push(chrome.cancel.map(|label| cancel(label, look)))
        .spacing(gap);
    let rail = container(rail)
        .width(look.space(44.0, 37.0))
        .height(Length::Fill)
        // The trainer's tools stand there too.
        .padding(Padding::from([look.mm(if dock.is_some() { 3.0 } else { 4.0 }), look.mm(4.0)]))
        .style(move |_| container::Style { background: Some(p.surface.into()), ..container::Style::default() });
    // The name of the service stands on the first screen; beside the steps its mark is enough.
    let head = row![brand(chrome.step.is_none(), look)]
        .push(chrome.step.map(|step| progress(step, look)))
        .spacing(look.mm(6.0))
        .align_y(alignment::Vertical::Center);
    let pad = look.space(9.0, 6.0);
    let main = column![head, container(content).height(Length::Fill)].spacing(look.space(5.0, 2.4)).padding(Padding {
        top: look.space(4.0, 2.4),
        bottom: look.space(8.0, 3.4),
        ..Padding::from([0.0, pad])
    });
    row![rail, rule(look, Length::Fixed(1.0), Length::Fill), main].height(Length::Fill).into()
}

fn brand(named: bool, look: Look) -> Element {
    let p = look.palette();
    let size = look.space(11.0, 8.5);
    let logo =
        container(icon(Icon::Card, (size * 0.74).round(), p.on_accent)).center(size).style(move |_| container::Style {
            background: Some(p.accent.into()),
            border: border::rounded(size * 0.26),
            ..container::Style::default()
        });
    let name = named.then(|| look.at(1.0).ink(Role::Label, look.word("app-title"), p.ink));
    row![logo].push(name).spacing(look.mm(3.0)).align_y(alignment::Vertical::Center).into()
}

/// The patient's tools, and the trainer's; a wide window has no room for all of them.
fn tools(chrome: Chrome, dock: Option<&DockView>, look: Look) -> Vec<Element> {
    let width = match dock {
        _ if look.landscape() => Length::Fill,
        Some(_) => Length::Fixed(look.mm(TRAINER_TOOL_MM)),
        None => Length::Fixed(look.space(35.0, 27.0)),
    };
    let panels: &[Overlay] = match dock {
        Some(_) if look.landscape() || look.metrics.compact => &[Overlay::Menu],
        _ => &Overlay::TOOLS,
    };
    let mut tools: Vec<Element> = panels
        .iter()
        .map(|panel| {
            let weight = if chrome.overlay == Some(*panel) { Weight::Main } else { Weight::Quiet };
            tool(panel.id(), panel.icon(), panel.label(), Message::Open(*panel), weight, width, look)
        })
        .collect();
    let tool = |id, kind, label, message| tool(id, kind, label, message, Weight::Quiet, width, look);
    if let Some(dock) = dock {
        let card = if dock.card_placed { "dock-take-card" } else { "dock-place-card" };
        tools.push(tool("dock-scenario", Icon::Paper, "dock-scenario", Message::Dock(DockInput::Scenario)));
        tools.push(tool("dock-card", Icon::Card, card, Message::Dock(DockInput::Card)));
    }
    tools
}

/// A small button with its icon above its name.
fn tool(
    id: &'static str,
    kind: Icon,
    label: &'static str,
    message: Message,
    weight: Weight,
    width: Length,
    look: Look,
) -> Element {
    // The rail has to hold five of them above each other.
    let look = look.at(look.factor.min(if look.landscape() { 1.0 } else { 1.25 }));
    let face = face(weight, true, look);
    let name = look.text(Role::Chrome, look.word(label)).align_x(alignment::Horizontal::Center);
    let content =
        column![icon(kind, look.mm(6.4), face.text), name].spacing(look.mm(0.6)).align_x(alignment::Horizontal::Center);
    Pressable::new(id, face, content, Some(message))
        .size(width, Length::Shrink, look.mm(TARGET_MM))
        .padding(look.mm(EDGE_MM))
        .into()
}

fn staff(look: Look) -> Element {
    leave("call-staff", Icon::Bell, "call-staff", PatientInput::CallStaff, look)
}

fn cancel(label: &'static str, look: Look) -> Element {
    leave("cancel", Icon::Leave, label, PatientInput::Cancel, look)
}

fn leave(id: &'static str, kind: Icon, label: &'static str, input: PatientInput, look: Look) -> Element {
    if look.landscape() {
        return tool(id, kind, label, Message::Touched(input), Weight::Quiet, Length::Fill, look);
    }
    let look = look.at(look.factor.min(1.25));
    let face = face(Weight::Quiet, true, look);
    let name = look.text(Role::Body, look.word(label)).font(crate::ui::font::BOLD);
    let content =
        row![icon(kind, look.mm(9.0), face.text), name].spacing(look.mm(3.5)).align_y(alignment::Vertical::Center);
    Pressable::new(id, face, content, Some(Message::Touched(input)))
        .size(Length::Fill, Length::Shrink, look.space(22.0, TARGET_MM))
        .padding(look.mm(EDGE_MM))
        .into()
}

/// The five steps of a visit: a tick where it was, the number where it is and where it goes, joined by lines.
fn progress(now: Step, look: Look) -> Element {
    let p = look.palette();
    let look = look.at(1.0);
    // On a small panel the marks are too small for a number.
    let numbered = !look.metrics.compact;
    let size = look.space(7.6, 4.4);
    let marks = Step::ALL.into_iter().enumerate().map(|(i, step)| {
        let (fill, color, edge, ink) = match step.cmp(&now) {
            std::cmp::Ordering::Less => (p.accent_soft, p.on_accent_soft, p.accent, p.ink_soft),
            std::cmp::Ordering::Equal => (p.accent, p.on_accent, p.accent, p.on_accent_soft),
            std::cmp::Ordering::Greater => (p.page, p.ink_soft, p.outline, p.ink_soft),
        };
        let inside: Element = if step < now {
            icon(Icon::Check, (size * 0.6).round(), color)
        } else if numbered {
            look.ink(Role::Chrome, (i + 1).to_string(), color).into()
        } else {
            Space::new().into()
        };
        let mark = container(inside).center(size).style(move |_| container::Style {
            background: Some(fill.into()),
            border: border::rounded(size / 2.0).color(edge).width(look.mm(0.4)),
            ..container::Style::default()
        });
        let joint = |on: bool, there: bool| {
            let color = if on { p.accent } else { p.line };
            container(Space::new().width(Length::Fill).height(look.mm(0.7))).style(move |_| container::Style {
                background: there.then(|| color.into()),
                ..container::Style::default()
            })
        };
        let line = row![joint(step <= now, i > 0), mark, joint(step < now, i + 1 < Step::ALL.len())]
            .align_y(alignment::Vertical::Center);
        let font = if step == now { crate::ui::font::BOLD } else { crate::ui::font::REGULAR };
        column![line, look.centred(Role::Chrome, look.word(step.name()), ink).font(font).width(Length::Fill)]
            .spacing(look.space(0.8, 0.4))
            .width(Length::Fill)
            .into()
    });
    row(marks).width(Length::Fill).into()
}

/// The band of training mode; with a trainer it names the scenario.
fn training(dock: Option<&DockView>, look: Look) -> Element {
    let p = look.palette();
    let look = look.at(1.0);
    let says = |key: &str| look.centred(Role::Chrome, look.word(key), p.on_training);
    let content: Element = match dock {
        None => says("training").into(),
        Some(dock) => row![says("dock-training").font(crate::ui::font::BOLD), says(&dock.scenario_key)]
            .spacing(look.mm(GAP_MM))
            .into(),
    };
    container(content)
        .center_x(Length::Fill)
        .padding(Padding::from([look.mm(0.6), 0.0]))
        .style(move |_| container::Style { background: Some(p.training.into()), ..container::Style::default() })
        .into()
}
