//! Pictures of difficulties, made from the frames of the synthetic people: moved, scaled, lit, blurred, drawn upon.
//! Nothing here was photographed.

use image::{Rgb, RgbImage, imageops};

/// What is known of the face in a frame: box and points as the detector found them.
pub struct Known {
    /// Right eye, left eye, nose, right and left corner of the mouth.
    pub points: [(f32, f32); 5],
    /// Left, top, width, height.
    pub area: (f32, f32, f32, f32),
}

impl Known {
    /// The middle between the eyes and the eye distance.
    pub fn eyes(&self) -> ((f32, f32), f32) {
        let [r, l, ..] = self.points;
        (((r.0 + l.0) / 2.0, (r.1 + l.1) / 2.0), (l.0 - r.0).hypot(l.1 - r.1))
    }

    /// Middle of the mouth.
    pub fn mouth(&self) -> (f32, f32) {
        let [.., r, l] = self.points;
        ((r.0 + l.0) / 2.0, (r.1 + l.1) / 2.0)
    }
}

/// Every pixel from where `from` says it comes in `picture`; outside is the grey of a wall.
pub fn warped(picture: &RgbImage, from: impl Fn(f32, f32) -> (f32, f32)) -> RgbImage {
    let (width, height) = picture.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = from(x as f32, y as f32);
        imageops::interpolate_bilinear(picture, u, v).unwrap_or(Rgb([150, 148, 146]))
    })
}

/// Enlarged by `scale` about `centre`, which goes to `to`, and turned by `degrees`.
pub fn placed(picture: &RgbImage, centre: (f32, f32), to: (f32, f32), scale: f32, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    warped(picture, |x, y| {
        let (dx, dy) = ((x - to.0) / scale, (y - to.1) / scale);
        (centre.0 + dx * cos + dy * sin, centre.1 - dx * sin + dy * cos)
    })
}

/// Every value multiplied and raised.
pub fn lit(picture: &RgbImage, gain: f32, offset: f32) -> RgbImage {
    let mut made = picture.clone();
    made.as_flat_samples_mut().samples.iter_mut().for_each(|v| *v = (f32::from(*v) * gain + offset) as u8);
    made
}

/// Mean of the squares around, as a face that moved or a lens out of focus.
pub fn blurred(picture: &RgbImage, radius: u32) -> RgbImage {
    imageops::fast_blur(picture, radius as f32)
}

/// Sensor noise of so many grey values to either side.
pub fn noisy(picture: &RgbImage, amount: i32, mut seed: u32) -> RgbImage {
    let mut made = picture.clone();
    made.as_flat_samples_mut().samples.iter_mut().for_each(|v| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *v = (i32::from(*v) + (seed >> 16) as i32 % (2 * amount + 1) - amount).clamp(0, 255) as u8;
    });
    made
}

/// The face stays, everything outside an ellipse around it becomes a bright window, and the face dim.
pub fn against_a_window(picture: &RgbImage, known: &Known) -> RgbImage {
    let (left, top, width, height) = known.area;
    let (cx, cy) = (left + width / 2.0, top + height / 2.0);
    // A milder one is let pass: dark skin before a white wall looks the same to the cue.
    let mut made = lit(picture, 0.34, 0.0);
    for (x, y, pixel) in made.enumerate_pixels_mut() {
        let (dx, dy) = ((x as f32 - cx) / (width * 0.75), (y as f32 - cy) / (height * 0.75));
        let body = (x as f32 - cx).abs() < width && y as f32 > top + height;
        if dx * dx + dy * dy > 1.0 && !body {
            *pixel = Rgb([240, 242, 245]);
        }
    }
    made
}

/// A shape in face coordinates: from the middle between the eyes, along the eye line and down, in eye distances.
fn paint(
    picture: &RgbImage,
    known: &Known,
    colour: [u8; 3],
    cover: f32,
    inside: impl Fn(f32, f32) -> bool,
) -> RgbImage {
    let [r, l, ..] = known.points;
    let ((cx, cy), eyes) = known.eyes();
    let (ax, ay) = ((l.0 - r.0) / eyes, (l.1 - r.1) / eyes);
    let mut made = picture.clone();
    for (x, y, pixel) in made.enumerate_pixels_mut() {
        let (dx, dy) = ((x as f32 - cx) / eyes, (y as f32 - cy) / eyes);
        let (u, v) = (dx * ax + dy * ay, dy * ax - dx * ay);
        if inside(u, v) {
            // A little shading, so that nothing drawn is perfectly flat.
            let shade = 1.0 - 0.12 * u.abs();
            pixel.0 = [0, 1, 2].map(|n| {
                (f32::from(pixel.0[n]) * (1.0 - cover) + f32::from(colour[n]) * shade * cover).clamp(0.0, 255.0) as u8
            });
        }
    }
    made
}

/// A mask from the bridge of the nose to the chin.
pub fn masked(picture: &RgbImage, known: &Known, colour: [u8; 3]) -> RgbImage {
    let ((_, cy), eyes) = known.eyes();
    let mouth = (known.mouth().1 - cy) / eyes;
    paint(picture, known, colour, 1.0, |u, v| {
        let top = 0.42 + 0.25 * u.abs();
        let width = 1.15 - 0.45 * ((v - top) / (mouth + 0.6)).max(0.0);
        v > top && v < mouth + 0.65 && u.abs() < width
    })
}

/// A hat drawn down over the brows.
pub fn hatted(picture: &RgbImage, known: &Known, colour: [u8; 3]) -> RgbImage {
    paint(picture, known, colour, 1.0, |u, v| {
        let crown = (u / 1.5).powi(2) + ((v + 0.9) / 1.3).powi(2) < 1.0 && v < -0.18;
        let brim = u.abs() < 1.8 && (-0.42..-0.15).contains(&v);
        crown || brim
    })
}

/// Light mirrored by both glasses of a pair: bright spots over the eyes.
pub fn glaring(picture: &RgbImage, known: &Known, radius: f32) -> RgbImage {
    paint(picture, known, [255, 255, 255], 0.97, |u, v| {
        [-0.5f32, 0.5]
            .iter()
            .any(|eye| ((u - eye - 0.05) / radius).powi(2) + ((v + 0.02) / (radius * 0.6)).powi(2) < 1.0)
    })
}

/// A print of `picture` held before a pinhole camera: `tilt` are its turns about the upright, the level and the viewing
/// axis in degrees, `at` its middle, in heights of the print; 640×480.
pub fn printed(picture: &RgbImage, tilt: [f32; 3], at: [f32; 3]) -> RgbImage {
    const FOCAL: f32 = 600.0;
    let [(sy, cy), (sp, cp), (sr, cr)] = tilt.map(|degrees| degrees.to_radians().sin_cos());
    // The print's own axes in the camera's: across, down, out of the print.
    let turn = |[x, y, z]: [f32; 3]| {
        let (x, z) = (x * cy + z * sy, z * cy - x * sy);
        let (y, z) = (y * cp - z * sp, y * sp + z * cp);
        [x * cr - y * sr, x * sr + y * cr, z]
    };
    let [across, down, out] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(turn);
    let dot = |a: [f32; 3], b: [f32; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let (width, height) = (picture.width() as f32, picture.height() as f32);
    RgbImage::from_fn(640, 480, |x, y| {
        let ray = [(x as f32 - 320.0) / FOCAL, (y as f32 - 240.0) / FOCAL, 1.0];
        let far = dot(out, at) / dot(out, ray);
        let point = [0, 1, 2].map(|n| ray[n] * far - at[n]);
        let (u, v) = (dot(across, point) * height + width / 2.0, dot(down, point) * height + height / 2.0);
        imageops::interpolate_bilinear(picture, u, v).unwrap_or(Rgb([120, 118, 116]))
    })
}
