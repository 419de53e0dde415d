use super::*;

/// Every path that this machine has.
fn paths() -> Vec<Instructions> {
    let paths: Vec<_> = ["sse", "avx2", "avx512"].iter().filter_map(|name| name.parse().ok()).collect();
    if paths.is_empty() { vec![Instructions::best()] } else { paths }
}

/// Any role.
#[derive(Debug, Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(from = "String")]
struct Name;

impl From<String> for Name {
    fn from(_: String) -> Self {
        Self
    }
}

/// What the list says of a network that matters here.
#[derive(serde::Deserialize)]
struct Shape {
    input: [usize; 4],
}

fn pixels(count: usize, most: f32) -> Vec<f32> {
    let mut state = 20_261_201u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 * most
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn every_network_is_made_of_our_layers_and_says_on_every_path_what_the_runtime_says() {
    let models = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let list = include_str!("../../../../models/manifest.toml");
    let (pack, _) = crate::Pack::<Name, Shape>::parse::<toml::Table>(list, &models).expect("the face engine's list");
    for entry in pack.entries() {
        let (file, bytes, shape) = (&entry.file, entry.read().expect("a file"), entry.more.input);
        let input = pixels(shape.iter().product(), if file.contains("landmarks") { 1.0 } else { 255.0 });
        let proto = read(&bytes).expect("a network");
        let runtime = Network::in_runtime(&proto, shape).expect("it loads").outputs(&input).expect("it runs");
        for path in paths() {
            let network = Network::load(&bytes, shape, path).expect("it loads");
            assert!(matches!(network.form, Form::Ours(_)), "{file} runs in the runtime");
            let mut runner = network.runner().expect("a runner");
            // Twice: buffers that hold something must not matter.
            for _ in 0..2 {
                let ours = runner.run(|to| to.copy_from_slice(&input)).expect("it runs");
                assert_eq!(ours.len(), runtime.len(), "{file}");
                for (n, (ours, theirs)) in ours.iter().zip(&runtime).enumerate() {
                    assert_eq!(ours.len(), theirs.len(), "{file}, output {n}");
                    let largest = theirs.iter().fold(1e-4f32, |most, x| most.max(x.abs()));
                    let off = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max) / largest;
                    assert!(off < 2e-4, "{file}, output {n}, {}: off by {off}", path.name());
                }
            }
        }
    }
}

/// `made` goes through one operator after the other, each with its attributes and constants.
struct Made(pb::GraphProto);

impl Made {
    fn new([channels, rows, columns]: [usize; 3]) -> Self {
        let dim = |n: usize| pb::tensor_shape_proto::Dimension {
            value: Some(pb::tensor_shape_proto::dimension::Value::DimValue(n as i64)),
            ..Default::default()
        };
        let shape = pb::TensorShapeProto { dim: [1, channels, rows, columns].map(dim).to_vec() };
        let tensor = pb::type_proto::Tensor { elem_type: 1, shape: Some(shape) };
        let kind = pb::TypeProto { value: Some(pb::type_proto::Value::TensorType(tensor)), ..Default::default() };
        let input = pb::ValueInfoProto { name: "v0".into(), r#type: Some(kind), ..Default::default() };
        Self(pb::GraphProto { input: vec![input], ..Default::default() })
    }

    fn then(mut self, op: &str, attributes: &[(&str, &[i64])], constants: &[&[usize]]) -> Self {
        let graph = &mut self.0;
        let n = graph.node.len();
        let mut input = vec![format!("v{n}")];
        for (place, dims) in constants.iter().enumerate() {
            let name = format!("c{n}_{place}");
            let numbers = pixels(dims.iter().product(), 1.0).into_iter().map(|x| x - 0.5).collect();
            let dims = dims.iter().map(|dim| *dim as i64).collect();
            graph.initializer.push(pb::TensorProto {
                name: name.clone(),
                dims,
                data_type: 1,
                float_data: numbers,
                ..Default::default()
            });
            input.push(name);
        }
        let attribute = |(name, ints): &(&str, &[i64])| {
            let one = *name == "group";
            pb::AttributeProto {
                name: (*name).into(),
                r#type: if one { 2 } else { 7 },
                i: if one { ints[0] } else { 0 },
                ints: if one { vec![] } else { ints.to_vec() },
                ..Default::default()
            }
        };
        let attribute = attributes.iter().map(attribute).collect();
        let output = vec![format!("v{}", n + 1)];
        graph.node.push(pb::NodeProto { op_type: op.into(), input, output, attribute, ..Default::default() });
        self
    }

    fn proto(mut self) -> pb::ModelProto {
        let name = format!("v{}", self.0.node.len());
        self.0.output = vec![pb::ValueInfoProto { name, ..Default::default() }];
        let opset = pb::OperatorSetIdProto { domain: String::new(), version: 13 };
        pb::ModelProto { ir_version: 7, opset_import: vec![opset], graph: Some(self.0), ..Default::default() }
    }
}

const OUT: (&str, &[i64]) = ("perm", &[0, 2, 3, 1]);

/// Odd sizes, strides, edges on one side, kernels longer than wide, channels that fill no vector.
fn odd_networks() -> Vec<(&'static str, [usize; 3], Made)> {
    let made = |shape| Made::new(shape);
    let kernel = |n: &'static [i64]| ("kernel_shape", n);
    vec![
        ("dense", [5, 7, 9], {
            let conv = [kernel(&[3, 3]), ("strides", &[2, 1][..]), ("pads", &[1, 0, 0, 2][..])];
            made([5, 7, 9]).then("Conv", &conv, &[&[19, 5, 3, 3], &[19]]).then("PRelu", &[], &[&[19, 1, 1]])
        }),
        ("tall", [3, 11, 5], {
            let conv = [kernel(&[4, 2]), ("strides", &[1, 2][..])];
            made([3, 11, 5]).then("Conv", &conv, &[&[33, 3, 4, 2]]).then("Relu", &[], &[])
        }),
        ("single", [37, 5, 5], {
            let conv = [kernel(&[1, 1]), ("strides", &[2, 2][..])];
            made([37, 5, 5]).then("Conv", &conv, &[&[70, 37, 1, 1], &[70]])
        }),
        ("depthwise", [7, 6, 5], {
            let wide = [kernel(&[1, 1])];
            let deep = [kernel(&[3, 3]), ("strides", &[2, 2][..]), ("pads", &[1, 1, 1, 1][..]), ("group", &[21][..])];
            made([7, 6, 5])
                .then("Conv", &wide, &[&[21, 7, 1, 1]])
                .then("Conv", &deep, &[&[21, 1, 3, 3], &[21]])
                .then("PRelu", &[], &[&[21, 1, 1]])
                .then("Relu", &[], &[])
        }),
        ("tiny", [4, 2, 2], {
            let deep = [kernel(&[3, 3]), ("pads", &[1, 1, 1, 1][..]), ("group", &[16][..])];
            made([4, 2, 2])
                .then("Conv", &[kernel(&[1, 1])], &[&[16, 4, 1, 1]])
                .then("Conv", &deep, &[&[16, 1, 3, 3]])
                .then("MaxPool", &[kernel(&[2, 2]), ("strides", &[2, 2][..])], &[])
        }),
    ]
}

#[test]
fn odd_sizes_and_edges_are_as_the_runtime_has_them() {
    for (name, shape, made) in odd_networks() {
        let proto = made.then("Transpose", &[OUT], &[]).proto();
        let shape = [1, shape[0], shape[1], shape[2]];
        let input = pixels(shape.iter().product(), 2.0);
        let runtime = Network::in_runtime(&proto, shape).expect("it loads").outputs(&input).expect("it runs");
        for path in paths() {
            let network = Network::of(&proto, shape, path).expect("it loads");
            assert!(matches!(network.form, Form::Ours(_)), "{name} runs in the runtime");
            let ours = network.outputs(&input).expect("it runs");
            assert_eq!(ours[0].len(), runtime[0].len(), "{name}");
            let off = ours[0].iter().zip(&runtime[0]).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(off < 1e-4, "{name}, {}: off by {off}", path.name());
        }
    }
}

#[test]
fn a_network_with_an_operator_that_is_not_ours_runs_in_the_runtime() {
    let proto = Made::new([1, 1, 3]).then("Tanh", &[], &[]).proto();
    let network = Network::of(&proto, [1, 1, 1, 3], Instructions::best()).expect("it loads");
    assert!(matches!(network.form, Form::Runtime(_)));
    let output = network.outputs(&[-1.0, 0.0, 2.0]).expect("it runs");
    let near = output[0].iter().zip([-0.761_594, 0.0, 0.964_028]).all(|(a, b): (&f32, f32)| (a - b).abs() < 1e-4);
    assert!(near, "{output:?}");
}

#[test]
fn two_threads_say_what_one_says() {
    use tract_onnx::tract_core::internal::multithread::{Executor, multithread_tract_scope};
    let deep = [("kernel_shape", &[3, 3][..]), ("pads", &[1, 1, 1, 1][..])];
    let proto = Made::new([16, 41, 43]).then("Conv", &deep, &[&[20, 16, 3, 3]]).then("Transpose", &[OUT], &[]).proto();
    let network = Network::of(&proto, [1, 16, 41, 43], Instructions::best()).expect("it loads");
    let input = pixels(16 * 41 * 43, 1.0);
    let alone = network.outputs(&input).expect("it runs");
    let both = multithread_tract_scope(Executor::multithread(2), || network.outputs(&input)).expect("it runs");
    assert_eq!(alone, both);
}
