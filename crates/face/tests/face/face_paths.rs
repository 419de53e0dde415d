//! The paths for lesser vector instructions say of the synthetic people what the best one says.

use uketsuke_face::{Analyzer, Face, Instructions, Models, Pack, PackChoice, decode_portrait, open_picture};

use super::repository;

/// What a score may differ by.
const NEAR: f32 = 1e-3;

/// Of every person the score of portrait against frame, the detector's word for the face, and the live share of the face
/// in `places`: its crop is cut in whole pixels, so that the smallest difference of a box may move it by one.
fn measured(instructions: Instructions, places: &mut Vec<Face>) -> Vec<[f32; 3]> {
    let choice = PackChoice { models: Some(repository("models")), ..PackChoice::default() };
    let pack = Pack::open(&choice).expect("the pack");
    let models = Models::load_with(&pack, instructions).expect("the models");
    let mut analyzer = Analyzer::new(&models).expect("an analyzer");
    let person = |number: usize| {
        let folder = repository(&format!("assets/people/p0{number}"));
        let portrait = std::fs::read(folder.join("portrait.jp2")).expect("a portrait");
        let portrait = decode_portrait(&portrait).expect("a picture");
        let template = analyzer.template(&portrait).expect("it runs").expect("a face");
        let frame = open_picture(&folder.join("clip/004.jpg")).expect("a frame");
        let face = analyzer.face(&frame).expect("it runs").expect("a face");
        let embedding = analyzer.embed(&frame, &face).expect("it runs").expect("an embedding");
        if places.len() < number {
            places.push(face);
        }
        let live = analyzer.texture(&frame, &places[number - 1]).expect("it runs");
        [embedding.cosine(&template), face.score, live]
    };
    (1..=8).map(person).collect()
}

#[test]
fn every_path_gives_every_person_the_same_scores() {
    let mut places = Vec::new();
    let best = measured(Instructions::best(), &mut places);
    assert!(best.iter().all(|[score, ..]| *score > 0.6), "the persons are known: {best:?}");
    let lesser: Vec<Instructions> = ["sse", "avx2"].iter().filter_map(|name| name.parse().ok()).collect();
    for path in lesser {
        for (person, (got, wanted)) in measured(path, &mut places).into_iter().zip(&best).enumerate() {
            let off = got.iter().zip(wanted).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            println!("p0{} {}: off by {off:.1e}", person + 1, path.name());
            assert!(off < NEAR, "p0{} with {}: {got:?} for {wanted:?}", person + 1, path.name());
        }
    }
}
