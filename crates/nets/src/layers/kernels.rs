//! The weights of convolutions and full connections, in the order in which ours read them.

use tract_onnx::pb::NodeProto;

use super::Work;
use super::constants::{Constant, float, integer, integers, text};
use super::depthwise::Depthwise;
use super::matrix::{Matrix, Window};
use super::picture::Shape;
use super::read::{Known, Order, Reader, Value, unknown};
use super::simple::Simple;

impl Reader<'_> {
    pub(super) fn convolution(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let whole = self.shape(value);
        let weights = node.input.get(1).and_then(|name| self.constants.get(name.as_str()));
        let Some(Constant { dims, numbers }) = weights.cloned() else {
            return unknown("weights that are no constants");
        };
        let &[out, per, kernel_rows, kernel_columns] = &dims[..] else { return unknown("not two-dimensional") };
        let two = |name: &str, usual: usize| match integers(node, name)[..] {
            [] => [usual; 2],
            [a, b] => [a, b].map(|n| usize::try_from(n).unwrap_or(0)),
            _ => [0; 2],
        };
        let [stride_down, stride_right] = two("strides", 1);
        let pads = match integers(node, "pads")[..] {
            [] => [0; 4],
            [a, b, c, d] => [a, b, c, d].map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
            _ => [usize::MAX; 4],
        };
        let automatic = !matches!(text(node, "auto_pad"), b"" | b"NOTSET");
        let [above, left, below, right] = pads;
        let fits = pads.iter().all(|pad| *pad < kernel_rows.max(kernel_columns))
            && !automatic
            && two("dilations", 1) == [1, 1]
            && value.order == Order::Planes
            && stride_down > 0
            && stride_right > 0
            && out > 0
            && kernel_rows > 0
            && kernel_columns > 0
            && whole.rows + above + below >= kernel_rows
            && whole.columns + left + right >= kernel_columns;
        if !fits {
            return unknown("another kind of convolution");
        }
        let rows = (whole.rows + above + below - kernel_rows) / stride_down + 1;
        let columns = (whole.columns + left + right - kernel_columns) / stride_right + 1;
        let shape = self.sized(rows, columns, out);
        let bias = if node.input.len() > 2 { self.constant(node, 2)?.to_vec() } else { vec![0.0] };
        let bias = Self::by_channel(&bias, shape, 0.0)?;
        let group = usize::try_from(integer(node, "group", 1)).unwrap_or(0);
        let kernel = [kernel_rows, kernel_columns];
        if numbers.len() != out * per * kernel_rows * kernel_columns || per * group != whole.channels {
            return unknown("weights of another size");
        }
        if per == 1 && group == out && whole.lanes == shape.lanes {
            let taps = kernel_rows * kernel_columns;
            let vector = self.vector;
            let weight = |n: usize| {
                let (tap, channel) = (n / vector % taps, n / vector / taps * vector + n % vector);
                if channel < out { numbers[channel * taps + tap] } else { 0.0 }
            };
            let weights = (0..taps * shape.lanes).map(weight).collect();
            let stride = [stride_down, stride_right];
            let depthwise = Depthwise { kernel, stride, before: [above, left], weights, bias, slopes: None };
            let picture = self.step(value.picture, None, shape, Work::Depthwise(depthwise));
            return Ok(Value { picture, ..value });
        }
        if group != 1 {
            return unknown("groups of channels");
        }
        let (mut from, mut framed) = (value.picture, whole);
        if pads != [0; 4] {
            framed = Shape { rows: whole.rows + above + below, columns: whole.columns + left + right, ..whole };
            from = self.step(from, None, framed, Work::Simple(Simple::Border([above, left])));
        }
        let lanes = framed.lanes;
        let row = framed.columns * lanes;
        // A single column needs no channels beyond its own.
        let piece = if kernel_columns == 1 { per } else { kernel_columns * lanes };
        let window =
            Window { pieces: kernel_rows, piece, row, right: stride_right * lanes, down: stride_down * row, columns };
        let weight = |channel: usize, n: usize| {
            let (ky, kx, from) = (n / piece, n % piece / lanes, n % lanes);
            let there = channel < out && from < per;
            if there { numbers[((channel * per + from) * kernel_rows + ky) * kernel_columns + kx] } else { 0.0 }
        };
        let matrix = Matrix::new(self.level, window, weight, bias);
        Ok(Value { picture: self.step(from, None, shape, Work::Matrix(matrix)), ..value })
    }

    pub(super) fn full(&mut self, node: &NodeProto) -> Known<Value> {
        let value = self.value(node, 0)?;
        let from = self.shape(value);
        let weights = node.input.get(1).and_then(|name| self.constants.get(name.as_str()));
        let Some(Constant { dims, numbers }) = weights.cloned() else {
            return unknown("weights that are no constants");
        };
        let plain = integer(node, "transB", 0) == 1
            && integer(node, "transA", 0) == 0
            && ["alpha", "beta"].iter().all(|name| float(node, name, 1.0) == 1.0)
            && (value.order == Order::Flat || from.places() == 1)
            && dims.len() == 2
            && dims[1] == from.channels * from.places()
            && numbers.len() == dims[0] * dims[1];
        if !plain {
            return unknown("another kind of product");
        }
        let (out, depth) = (dims[0], dims[1]);
        let shape = self.sized(1, 1, out);
        let bias = if node.input.len() > 2 { self.constant(node, 2)?.to_vec() } else { vec![0.0] };
        let bias = Self::by_channel(&bias, shape, 0.0)?;
        let window = Window { pieces: 1, piece: from.len(), row: 0, right: 0, down: 0, columns: 1 };
        let weight = |channel: usize, n: usize| {
            let (place, from_channel) = (n / from.lanes, n % from.lanes);
            let there = channel < out && from_channel < from.channels;
            if there { numbers[channel * depth + from_channel * from.places() + place] } else { 0.0 }
        };
        let matrix = Matrix::new(self.level, window, weight, bias);
        Ok(Value { picture: self.step(value.picture, None, shape, Work::Matrix(matrix)), order: Order::Flat })
    }
}
