//! From an ONNX file to layers. Bends and sums are taken into the convolution before them, and what only says how numbers
//! are counted (Transpose, Reshape, Flatten) costs nothing, as the outputs are written place by place anyway.

use std::collections::BTreeMap;

use fearless_simd::Level;
use tract_onnx::pb::{GraphProto, NodeProto};

use super::aligned::Aligned;
use super::constants::{Constant, constants, float, integer, integers, text};
use super::depthwise::Depthwise;
use super::matrix::Matrix;
use super::picture::{Shape, vector};
use super::simple::Simple;
use super::{Layers, Step, Work};

/// Why a network cannot be layers of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(pub String);

pub(super) type Known<T> = Result<T, Unknown>;

pub(super) fn unknown<T>(what: impl Into<String>) -> Known<T> {
    Err(Unknown(what.into()))
}

/// In which order a value of the file counts the numbers of our picture.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    /// Channel by channel, as rows and columns.
    Planes,
    /// The same in one row.
    Flat,
    /// Place by place.
    Places,
}

#[derive(Clone, Copy)]
pub(super) struct Value {
    pub(super) picture: usize,
    pub(super) order: Order,
}

pub(super) struct Reader<'g> {
    pub(super) level: Level,
    pub(super) vector: usize,
    pub(super) constants: BTreeMap<&'g str, Constant>,
    values: BTreeMap<&'g str, Value>,
    /// How often each value is read.
    readers: BTreeMap<&'g str, usize>,
    shapes: Vec<Shape>,
    steps: Vec<Step>,
}

impl Layers {
    /// The network of `graph` on one picture of `shape` (channels, rows, columns).
    pub fn read(graph: &GraphProto, [channels, rows, columns]: [usize; 3], level: Level) -> Known<Self> {
        let constants = constants(graph)?;
        let inputs = graph.input.iter().filter(|input| !constants.contains_key(input.name.as_str()));
        let [input] = inputs.collect::<Vec<_>>()[..] else { return unknown("not one input") };
        let mut readers = BTreeMap::new();
        let outputs = graph.output.iter().map(|output| output.name.as_str());
        for name in graph.node.iter().flat_map(|node| &node.input).map(String::as_str).chain(outputs.clone()) {
            *readers.entry(name).or_default() += 1;
        }
        let shape = Shape { rows, columns, channels, lanes: channels };
        let values = BTreeMap::from([(input.name.as_str(), Value { picture: 0, order: Order::Planes })]);
        let mut reader =
            Reader { level, vector: vector(level), constants, values, readers, shapes: vec![shape], steps: Vec::new() };
        for node in &graph.node {
            reader.node(node).map_err(|Unknown(why)| Unknown(format!("{} {}: {why}", node.op_type, node.name)))?;
        }
        let outputs = outputs.map(|name| reader.output(name)).collect::<Known<Vec<_>>>()?;
        Ok(reader.finish(outputs))
    }
}

impl<'g> Reader<'g> {
    fn node(&mut self, node: &'g NodeProto) -> Known<()> {
        let [output] = &node.output[..] else { return unknown("more than one output") };
        let value = match node.op_type.as_str() {
            "Conv" => self.convolution(node)?,
            "Gemm" => self.full(node)?,
            "PRelu" => {
                let slopes = self.per_channel(node, 1, self.value(node, 0)?)?.to_vec();
                self.bend(node, &slopes)?
            }
            "Relu" => self.bend(node, &[0.0])?,
            "Add" | "Mul" | "Sub" => self.arithmetic(node)?,
            "BatchNormalization" => self.normalisation(node)?,
            "MaxPool" => self.halve(node)?,
            "Resize" => self.double(node)?,
            "Pad" => self.widen(node)?,
            "GlobalAveragePool" => {
                let value = self.value(node, 0)?;
                let shape = Shape { rows: 1, columns: 1, ..self.shape(value) };
                self.simple(value, None, shape, Simple::Mean)
            }
            "Sigmoid" => {
                let value = self.value(node, 0)?;
                self.simple(value, None, self.shape(value), Simple::Sigmoid)
            }
            "Softmax" => {
                let value = self.value(node, 0)?;
                if integer(node, "axis", -1) != 1 || self.shape(value).places() != 1 {
                    return unknown("not over the channels of one place");
                }
                self.simple(value, None, self.shape(value), Simple::Shares)
            }
            "Identity" => self.value(node, 0)?,
            "Flatten" => {
                let value = self.value(node, 0)?;
                if integer(node, "axis", 1) != 1 || value.order == Order::Places {
                    return unknown("another order");
                }
                Value { order: Order::Flat, ..value }
            }
            "Transpose" => {
                let value = self.value(node, 0)?;
                if value.order != Order::Planes || integers(node, "perm") != [0, 2, 3, 1] {
                    return unknown("another order");
                }
                Value { order: Order::Places, ..value }
            }
            "Reshape" => {
                let value = self.value(node, 0)?;
                if value.order != Order::Places {
                    return unknown("another order");
                }
                value
            }
            _ => return unknown("not among ours"),
        };
        self.values.insert(output, value);
        Ok(())
    }

    pub(super) fn value(&self, node: &NodeProto, place: usize) -> Known<Value> {
        let known = node.input.get(place).and_then(|name| self.values.get(name.as_str()));
        known.copied().ok_or_else(|| Unknown(format!("input {place} is no value")))
    }

    pub(super) fn constant(&self, node: &NodeProto, place: usize) -> Known<&[f32]> {
        let known = node.input.get(place).and_then(|name| self.constants.get(name.as_str()));
        known.map(|constant| &constant.numbers[..]).ok_or_else(|| Unknown(format!("input {place} is no constant")))
    }

    /// A constant that counts for whole channels of `value`.
    fn per_channel(&self, node: &NodeProto, place: usize, value: Value) -> Known<&[f32]> {
        let known = node.input.get(place).and_then(|name| self.constants.get(name.as_str()));
        let Some(Constant { dims, numbers }) = known else { return unknown(format!("input {place} is no constant")) };
        let along = value.order == Order::Planes && dims.len() > 2 && dims[dims.len() - 2..] == [1, 1];
        if numbers.len() == 1 || along { Ok(numbers) } else { unknown(format!("input {place} is not by channel")) }
    }

    pub(super) fn shape(&self, value: Value) -> Shape {
        self.shapes[value.picture]
    }

    /// A picture with so many channels, filled up to whole vectors.
    pub(super) fn sized(&self, rows: usize, columns: usize, channels: usize) -> Shape {
        Shape { rows, columns, channels, lanes: channels.next_multiple_of(self.vector) }
    }

    /// By channel, filled up to whole vectors; a single number counts for all.
    pub(super) fn by_channel(numbers: &[f32], shape: Shape, beyond: f32) -> Known<Aligned> {
        let number = |channel: usize| match numbers {
            _ if channel >= shape.channels => beyond,
            [single] => *single,
            _ => numbers[channel],
        };
        if numbers.len() != 1 && numbers.len() != shape.channels {
            return unknown(format!("{} numbers for {} channels", numbers.len(), shape.channels));
        }
        Ok((0..shape.lanes).map(number).collect())
    }

    pub(super) fn step(&mut self, from: usize, with: Option<usize>, shape: Shape, work: Work) -> usize {
        self.shapes.push(shape);
        let to = self.shapes.len() - 1;
        self.steps.push(Step { from, with, to, work });
        to
    }

    fn simple(&mut self, from: Value, with: Option<usize>, shape: Shape, simple: Simple) -> Value {
        Value { picture: self.step(from.picture, with, shape, Work::Simple(simple)), ..from }
    }

    /// The step that makes what the node reads, if that goes nowhere but to this node.
    fn only_for(&mut self, node: &NodeProto, place: usize) -> Option<(usize, &mut Step)> {
        let name = node.input.get(place)?;
        if self.readers.get(name.as_str()) != Some(&1) {
            return None;
        }
        let picture = self.values.get(name.as_str())?.picture;
        self.steps.iter_mut().enumerate().rfind(|(_, step)| step.to == picture)
    }

    fn bend(&mut self, node: &NodeProto, slopes: &[f32]) -> Known<Value> {
        let value = self.value(node, 0)?;
        let shape = self.shape(value);
        let slopes = Self::by_channel(slopes, shape, 1.0)?;
        if let Some((_, step)) = self.only_for(node, 0)
            && let Work::Matrix(Matrix { slopes: none @ None, .. })
            | Work::Depthwise(Depthwise { slopes: none @ None, .. }) = &mut step.work
        {
            *none = Some(slopes);
            return Ok(value);
        }
        Ok(self.simple(value, None, shape, Simple::Bend(slopes.numbers().to_vec())))
    }

    fn arithmetic(&mut self, node: &NodeProto) -> Known<Value> {
        let (Ok(a), b) = (self.value(node, 0), self.value(node, 1)) else {
            return unknown("a constant before a value");
        };
        let shape = self.shape(a);
        let Ok(b) = b else {
            let by = Self::by_channel(self.per_channel(node, 1, a)?, shape, 0.0)?.numbers().to_vec();
            let (one, none) = (vec![1.0; shape.lanes], vec![0.0; shape.lanes]);
            let (times, plus) = match node.op_type.as_str() {
                "Mul" => (by, none),
                "Sub" => (one, by.into_iter().map(|number| -number).collect()),
                _ => (one, by),
            };
            return Ok(self.simple(a, None, shape, Simple::Scale { times, plus }));
        };
        match node.op_type.as_str() {
            "Add" if shape == self.shape(b) && a.order == b.order => Ok(self.sum(node, a, b)),
            "Mul" if self.shape(b) == (Shape { rows: 1, columns: 1, ..shape }) && a.order == b.order => {
                Ok(self.simple(a, Some(b.picture), shape, Simple::Weigh))
            }
            _ => unknown("another kind of arithmetic"),
        }
    }

    /// Taken into the convolution that makes one of the two, where the other one is there by then.
    fn sum(&mut self, node: &NodeProto, a: Value, b: Value) -> Value {
        for (place, value, other) in [(1, b, a), (0, a, b)] {
            let known = self.steps.iter().position(|step| step.to == other.picture);
            if let Some((at, step)) = self.only_for(node, place)
                && let Step { with: with @ None, work: Work::Matrix(Matrix { slopes: None, .. }), .. } = step
                && known.is_none_or(|known| known < at)
            {
                *with = Some(other.picture);
                return value;
            }
        }
        self.simple(a, Some(b.picture), self.shape(a), Simple::Add)
    }

    fn normalisation(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let shape = self.shape(value);
        if value.order != Order::Planes {
            return unknown("another order");
        }
        let part = |place| Ok(Self::by_channel(self.constant(node, place)?, shape, 0.0)?.numbers().to_vec());
        let (gamma, beta, mean, variance) = (part(1)?, part(2)?, part(3)?, part(4)?);
        let least = float(node, "epsilon", 1e-5);
        let times: Vec<f32> = gamma.iter().zip(variance).map(|(gamma, v)| gamma / (v + least).sqrt()).collect();
        let plus = beta.iter().zip(mean).zip(&times).map(|((beta, mean), times)| beta - mean * times).collect();
        Ok(self.simple(value, None, shape, Simple::Scale { times, plus }))
    }

    fn halve(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let shape = self.shape(value);
        let plain = integers(node, "kernel_shape") == [2, 2]
            && integers(node, "strides") == [2, 2]
            && integers(node, "pads").iter().all(|pad| *pad == 0)
            && integers(node, "dilations").iter().all(|dilation| *dilation == 1)
            && integer(node, "ceil_mode", 0) == 0
            && matches!(text(node, "auto_pad"), b"" | b"NOTSET")
            && shape.rows > 1
            && shape.columns > 1
            && value.order == Order::Planes;
        if !plain {
            return unknown("another kind of maximum");
        }
        let half = Shape { rows: shape.rows / 2, columns: shape.columns / 2, ..shape };
        Ok(self.simple(value, None, half, Simple::Halve))
    }

    fn double(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let shape = self.shape(value);
        let plain = node.input.len() == 3
            && self.constant(node, 2)? == [1.0, 1.0, 2.0, 2.0]
            && text(node, "mode") == b"nearest"
            && text(node, "nearest_mode") == b"floor"
            && text(node, "coordinate_transformation_mode") == b"asymmetric"
            && value.order == Order::Planes;
        if !plain {
            return unknown("another kind of enlargement");
        }
        let double = Shape { rows: 2 * shape.rows, columns: 2 * shape.columns, ..shape };
        Ok(self.simple(value, None, double, Simple::Double))
    }

    fn widen(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let shape = self.shape(value);
        let pads = self.constant(node, 1)?;
        let zero = node.input.len() < 3 || self.constant(node, 2)? == [0.0];
        let &[0.0, 0.0, 0.0, 0.0, 0.0, more, 0.0, 0.0] = pads else { return unknown("more than channels") };
        let mode = text(node, "mode");
        if !zero
            || !(0.0..=4096.0).contains(&more)
            || !matches!(mode, b"" | b"constant")
            || value.order != Order::Planes
        {
            return unknown("another kind of padding");
        }
        let wide = self.sized(shape.rows, shape.columns, shape.channels + more as usize);
        Ok(self.simple(value, None, wide, Simple::Widen))
    }

    /// The picture of an output whose numbers are counted as the file counts them.
    fn output(&self, name: &str) -> Known<usize> {
        let Some(value) = self.values.get(name) else { return unknown(format!("no output {name}")) };
        let shape = self.shape(*value);
        if value.order != Order::Places && shape.places() != 1 && shape.channels != 1 {
            return unknown(format!("output {name} is counted in another order"));
        }
        Ok(value.picture)
    }

    /// Gives every picture a buffer; one whose picture is not read any more is used again.
    fn finish(self, outputs: Vec<usize>) -> Layers {
        let mut last = vec![0; self.shapes.len()];
        for (n, step) in self.steps.iter().enumerate() {
            last[step.from] = n;
            step.with.into_iter().for_each(|with| last[with] = n);
        }
        outputs.iter().for_each(|output| last[*output] = usize::MAX);
        let (mut buffers, mut free): (Vec<usize>, Vec<usize>) = (vec![self.shapes[0].len()], Vec::new());
        let mut places = vec![0; self.shapes.len()];
        for (n, step) in self.steps.iter().enumerate() {
            let needed = self.shapes[step.to].len();
            // The smallest that is long enough, else the longest, made longer.
            let best = free.iter().copied().enumerate().min_by_key(|(_, buffer)| {
                let len = buffers[*buffer];
                if len >= needed { (0, len) } else { (1, usize::MAX - len) }
            });
            places[step.to] = match best {
                Some((at, buffer)) => {
                    free.swap_remove(at);
                    buffers[buffer] = buffers[buffer].max(needed);
                    buffer
                }
                None => {
                    buffers.push(needed);
                    buffers.len() - 1
                }
            };
            let mut read = vec![step.from];
            read.extend(step.with.filter(|with| *with != step.from));
            free.extend(read.into_iter().filter(|picture| last[*picture] == n).map(|picture| places[picture]));
        }
        let pictures = self.shapes.into_iter().zip(places).collect();
        Layers { level: self.level, pictures, buffers, input: 0, outputs, steps: self.steps }
    }
}
