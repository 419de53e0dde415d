//! Golden pictures: every screen in Japanese on both usual panels, and more only where the layout itself is another one.
//! A picture that is missing, changed or not asked for fails. `UPDATE_GOLDENS=1` makes them anew:
//! `UPDATE_GOLDENS=1 cargo nextest run --test ui ui_golden`

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use image::RgbImage;
use uketsuke::i18n::Language;
use uketsuke::ui::headless::{Shot, Stage};
use uketsuke::ui::metrics::TextStep;
use uketsuke::ui::presets;
use uketsuke::ui::sample::Preset;
use uketsuke::ui::screen;
use uketsuke::ui::theme::Theme;

const TALL: (u32, u32) = (1080, 1920);
const WIDE: (u32, u32) = (1280, 800);

/// The tall pictures are drawn by two tests, half each.
const TALL_HALF: usize = 40;
/// Screens of each kind: picture, choice, keypad, list, long text, name.
const KINDS: [&str; 7] =
    ["idle", "choose_method", "enter_pin", "face_help", "consenting", "fallback-timeout", "panel_display"];

/// Most pictures of one screen: those that differ in a hint or a number say no more about the layout, which is checked for all.
const OF_ONE: usize = 5;
/// Steps a channel is kept in, finest first: the first that comes to no more than 256 colours.
const STEPS: [u8; 4] = [4, 8, 16, 32];
/// A channel may differ by so much before a pixel counts as another one.
const TOLERANCE: u8 = 24;
/// So many pixels may be another one: rounding of edges on another machine, less than a stroke.
const PIXELS: usize = 24;
/// All goldens together.
const MOST_BYTES: u64 = 30 << 20;

/// One picture that must be there.
struct Golden {
    name: String,
    preset: Preset,
    shot: Shot,
}

fn golden(suffix: &str, preset: Preset, shot: Shot) -> Golden {
    let (width, height) = shot.size;
    Golden { name: format!("{}{suffix}-{width}x{height}.png", preset.name), preset, shot }
}

/// Every screen in Japanese on a panel of that size.
fn every_screen(size: (u32, u32)) -> Vec<Golden> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let few = presets().into_iter().filter(|preset| {
        let of_this = seen.entry(screen::name(&preset.data.view.screen)).or_default();
        *of_this += 1;
        *of_this <= OF_ONE || preset.data.overlay.is_some() || preset.data.typing.machine
    });
    few.map(|preset| golden("", preset, Shot::new(size, Language::Ja))).collect()
}

/// One screen of each kind, where the layout or all colours are others.
fn other_layouts() -> Vec<Golden> {
    let kinds = || presets().into_iter().filter(|preset| KINDS.contains(&preset.name.as_str()));
    let ja = |size| Shot::new(size, Language::Ja);
    let mut all = Vec::new();
    for preset in kinds() {
        let mut add = |suffix: &str, shot| all.push(golden(suffix, preset.clone(), shot));
        for size in [TALL, WIDE] {
            add("@largest", ja(size).text(TextStep::P200));
            add("@seated", ja(size).seated());
            // The language with the widest words.
            add("@longest", Shot::new(size, Language::Fil));
        }
        for theme in [Theme::Dark, Theme::HighContrast, Theme::Grey] {
            add(&format!("@{}", theme.name()), ja(WIDE).theme(theme));
        }
    }
    all
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

/// The screen in so few colours that a palette holds them: the same screen always comes to the same ones.
fn draw(golden: &Golden) -> RgbImage {
    let rgba = Stage::new(&golden.preset.data, golden.shot).expect("a stage").pixels();
    // A screen has few runs of one colour; every step goes over them alone.
    let runs = rgba.as_chunks::<4>().0.chunk_by(|a, b| a == b);
    let runs: Vec<([u8; 3], usize)> = runs.map(|run| ([run[0][0], run[0][1], run[0][2]], run.len())).collect();
    let few = STEPS.into_iter().find_map(|step| {
        let coarse: Vec<[u8; 3]> = runs.iter().map(|(color, _)| color.map(|c| c / step * step)).collect();
        (coarse.iter().collect::<HashSet<_>>().len() <= 256).then_some(coarse)
    });
    let coarse = few.expect("256 colours are enough").into_iter();
    let rgb: Vec<Vec<u8>> = coarse.zip(&runs).map(|(color, (_, length))| color.repeat(*length)).collect();
    let (width, height) = golden.shot.size;
    RgbImage::from_raw(width, height, rgb.concat()).expect("as many pixels as the size says")
}

/// The colours of a picture, and which one each pixel has; none when there are more than a palette holds.
fn indexed(rgb: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut palette: HashMap<[u8; 3], u8> = HashMap::new();
    let mut pixels = Vec::with_capacity(rgb.len() / 3);
    for color in rgb.as_chunks::<3>().0 {
        let index = match (palette.get(color), u8::try_from(palette.len())) {
            (Some(index), _) => *index,
            (None, Ok(next)) => *palette.entry(*color).or_insert(next),
            (None, Err(_)) => return None,
        };
        pixels.push(index);
    }
    let mut colors: Vec<_> = palette.into_iter().collect();
    colors.sort_by_key(|(_, index)| *index);
    Some((colors.into_iter().flat_map(|(color, _)| color).collect(), pixels))
}

fn write(file: &Path, picture: &RgbImage) {
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder that can be written");
    let Some((palette, pixels)) = indexed(picture.as_raw()) else {
        picture.save(file).expect("a file that can be written");
        return;
    };
    let out = std::io::BufWriter::new(std::fs::File::create(file).expect("a file that can be written"));
    let mut encoder = png::Encoder::new(out, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a PNG header");
    writer.write_image_data(&pixels).expect("a PNG file");
}

/// Pixels that differ, and a picture that shows them red on grey.
fn difference(old: &RgbImage, new: &RgbImage) -> (usize, RgbImage) {
    if old.dimensions() != new.dimensions() {
        return (usize::MAX, new.clone());
    }
    if old.as_raw() == new.as_raw() {
        return (0, new.clone());
    }
    let mut count = 0;
    let mut shown = new.clone();
    for (pixel, (a, b)) in shown.pixels_mut().zip(old.pixels().zip(new.pixels())) {
        let differs = a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > TOLERANCE);
        count += usize::from(differs);
        let grey = 160 + (u16::from(b.0[1]) * 3 / 8).min(95) as u8;
        pixel.0 = if differs { [220, 0, 40] } else { [grey; 3] };
    }
    (count, shown)
}

/// What is wrong with one golden; the new picture and the difference are left in `target/goldens`.
fn compare(golden: &Golden, update: bool) -> Option<String> {
    let file = folder().join(&golden.name);
    let new = draw(golden);
    let old = image::open(&file).ok().map(image::DynamicImage::into_rgb8);
    let (count, shown) = old.as_ref().map_or((usize::MAX, new.clone()), |old| difference(old, &new));
    if count <= PIXELS {
        return None;
    }
    if update {
        write(&file, &new);
        return None;
    }
    let left = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/goldens");
    write(&left.join(&golden.name), &new);
    if old.is_none() {
        return Some(format!("{} is missing", golden.name));
    }
    write(&left.join(golden.name.replace(".png", ".diff.png")), &shown);
    Some(format!("{} has changed: {count} pixels", golden.name))
}

fn updating() -> bool {
    std::env::var_os("UPDATE_GOLDENS").is_some_and(|value| value == "1")
}

fn check(goldens: &[Golden]) {
    let found: Vec<String> = goldens.iter().filter_map(|golden| compare(golden, updating())).collect();
    assert!(
        found.is_empty(),
        "{} of {} pictures; see target/goldens; if they are right: UPDATE_GOLDENS=1 cargo nextest run --test ui ui_golden\n{}",
        found.len(),
        goldens.len(),
        found.join("\n")
    );
}

#[test]
fn screens_on_a_tall_panel() {
    check(&every_screen(TALL)[..TALL_HALF]);
}

#[test]
fn more_screens_on_a_tall_panel() {
    check(&every_screen(TALL)[TALL_HALF..]);
}

#[test]
fn screens_on_a_wide_panel() {
    check(&every_screen(WIDE));
}

#[test]
fn other_layouts_and_colours() {
    check(&other_layouts());
}

/// Nothing is kept that no test looks at, and all together stay small.
#[test]
fn no_picture_too_many() {
    let wanted: BTreeSet<String> = [every_screen(TALL), every_screen(WIDE), other_layouts()]
        .into_iter()
        .flatten()
        .map(|golden| golden.name)
        .collect();
    let (mut bytes, mut superfluous) = (0, Vec::new());
    if updating() {
        std::fs::create_dir_all(folder()).expect("a folder that can be written");
    }
    for entry in std::fs::read_dir(folder()).expect("the goldens") {
        let entry = entry.expect("an entry");
        let name = entry.file_name().to_string_lossy().into_owned();
        if wanted.contains(&name) {
            bytes += entry.metadata().expect("its size").len();
        } else if updating() {
            std::fs::remove_file(entry.path()).expect("a file that can be removed");
        } else {
            superfluous.push(name);
        }
    }
    assert!(superfluous.is_empty(), "no test looks at {superfluous:?}");
    assert!(bytes <= MOST_BYTES, "{bytes} bytes of goldens");
}

/// The comparison itself: a stroke is seen, a hair of rounding is not.
#[test]
fn a_changed_stroke_is_seen() {
    let page = RgbImage::from_pixel(200, 100, image::Rgb([240, 240, 240]));
    let mut hair = page.clone();
    hair.pixels_mut().step_by(7).for_each(|pixel| pixel.0[0] -= TOLERANCE);
    assert_eq!(difference(&page, &hair).0, 0);
    let mut stroke = page.clone();
    (0..30).for_each(|x| stroke.put_pixel(x, 50, image::Rgb([40, 40, 40])));
    assert!(difference(&page, &stroke).0 > PIXELS);
    assert_eq!(difference(&page, &RgbImage::new(10, 10)).0, usize::MAX);
}
