//! Operators that the runtime is slow at, run in one pass over memory: the 3×3 depthwise convolution together with the
//! bend behind it (Relu or PRelu), and the 2×2 maximum. They replace the runtime's own in a network once, at load. They use
//! the vector instructions that the machine has, and as many threads as the runtime itself may use.

use fearless_simd::{Level, Simd, dispatch};
use tract_onnx::tract_core::internal::multithread::par_chunks_mut;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cnn::{Conv, KernelFormat, MaxPool, PaddingSpec, PoolSpec};
use tract_onnx::tract_core::ops::math::Max;
use tract_onnx::tract_core::ops::nn::DataFormat;

use super::prelu::Prelu;

/// Longest row taken.
const LONGEST: usize = 1024;

/// The rows above and below a picture.
static NOTHING: [f32; LONGEST] = [0.0; LONGEST];

/// Replaces what can be replaced.
pub fn fuse(model: &mut TypedModel) -> TractResult<()> {
    while let Some(patch) = model.nodes().iter().find_map(|node| replacement(model, node).transpose()) {
        patch?.apply(model)?;
    }
    model.compact()
}

fn replacement(model: &TypedModel, node: &TypedNode) -> TractResult<Option<TypedModelPatch>> {
    if let Some(pool) = node.op_as::<MaxPool>() {
        let halves = pool.with_index_outputs.is_none() && spec_is(&pool.pool_spec, [2, 2], 2, 0);
        let fits = model.outlet_fact(node.inputs[0])?.datum_type == f32::datum_type();
        return if halves && fits {
            TypedModelPatch::replace_single_op(model, node, &node.inputs, Halve).map(Some)
        } else {
            Ok(None)
        };
    }
    let Some(conv) = node.op_as::<Conv>() else { return Ok(None) };
    let Some(depthwise) = depthwise(model, node, conv)? else { return Ok(None) };
    let is_output = model.output_outlets()?.contains(&node.id.into());
    let next = model.single_succ(node.id)?.filter(|_| !is_output);
    let slopes = next.map_or(Ok(None), |next| slopes(model, next, conv.group))?;
    let mut patch = TypedModelPatch::default();
    let input = patch.tap_model(model, node.inputs[0])?;
    let last = if slopes.is_some() { next.unwrap_or(node) } else { node };
    let wire = patch.wire_node(&last.name, Depthwise { slopes, ..depthwise }, &[input])?;
    patch.shunt_outside(model, last.id.into(), wire[0])?;
    Ok(Some(patch))
}

/// Channels, rows and columns of one picture or a batch of them; the runtime drops a batch of one in places.
fn picture(shape: &[usize]) -> TractResult<[usize; 3]> {
    match *shape {
        [channels, rows, columns] | [_, channels, rows, columns] => Ok([channels, rows, columns]),
        _ => bail!("{shape:?} is no picture"),
    }
}

/// The same pictures with other rows and columns.
fn resized(shape: &[usize], [rows, columns]: [usize; 2]) -> TVec<usize> {
    let kept = shape.len().saturating_sub(2);
    shape.iter().take(kept).copied().chain([rows, columns]).collect()
}

fn spec_is(spec: &PoolSpec, kernel: [usize; 2], stride: usize, pad: usize) -> bool {
    let padding = match &spec.padding {
        PaddingSpec::Valid => pad == 0,
        PaddingSpec::Explicit(before, after) | PaddingSpec::ExplicitOnnxPool(before, after, false) => {
            before.iter().chain(after).all(|p| *p == pad)
        }
        _ => false,
    };
    matches!(spec.data_format, DataFormat::NCHW | DataFormat::CHW)
        && spec.kernel_shape[..] == kernel
        && spec.strides()[..] == [stride, stride]
        && spec.dilations()[..] == [1, 1]
        && padding
}

fn depthwise(model: &TypedModel, node: &TypedNode, conv: &Conv) -> TractResult<Option<Depthwise>> {
    let spec = &conv.pool_spec;
    let stride = spec.stride(0);
    let input = model.outlet_fact(node.inputs[0])?;
    let row = input.shape.as_concrete().and_then(|shape| shape.last().copied()).unwrap_or_default();
    let fits = (1..=2).contains(&stride)
        && spec_is(spec, [3, 3], stride, 1)
        && conv.q_params.is_none()
        && conv.kernel_fmt == KernelFormat::OIHW
        && conv.group == spec.input_channels
        && conv.group == spec.output_channels
        && input.datum_type == f32::datum_type()
        && (2..=LONGEST).contains(&row)
        && (stride == 1 || row.is_multiple_of(2));
    let constant = |place: usize| -> TractResult<Option<Vec<u32>>> {
        let Some(outlet) = node.inputs.get(place) else { return Ok(None) };
        let Some(tensor) = model.outlet_fact(*outlet)?.konst.clone() else { return Ok(None) };
        Ok(Some(bits(&tensor)?))
    };
    if !fits {
        return Ok(None);
    }
    let (Some(weights), Some(mut bias)) = (constant(1)?, constant(2)?) else { return Ok(None) };
    if bias.len() == 1 {
        bias = vec![bias[0]; conv.group];
    }
    let complete = weights.len() == 9 * conv.group && bias.len() == conv.group;
    Ok(complete.then_some(Depthwise { stride, weights, bias, slopes: None }))
}

/// The slopes below zero of the operator `node`, if it is a bend.
fn slopes(model: &TypedModel, node: &TypedNode, channels: usize) -> TractResult<Option<Vec<u32>>> {
    if let Some(prelu) = node.op_as::<Prelu>() {
        return Ok((prelu.slopes.len() == channels).then(|| prelu.slopes.clone()));
    }
    let Some(binary) = node.op_as::<TypedBinOp>().filter(|op| op.0.is::<Max>()) else { return Ok(None) };
    let mut constants = Vec::new();
    for input in &node.inputs {
        constants.extend(model.outlet_fact(*input)?.konst.clone());
    }
    let zero = |tensor: &Arc<Tensor>| bits(tensor).is_ok_and(|bits| bits.iter().all(|b| f32::from_bits(*b) == 0.0));
    let relu = binary.1.is_none() && constants.len() == 1 && constants.iter().all(zero);
    Ok(relu.then(|| vec![0; channels]))
}

fn bits(tensor: &Tensor) -> TractResult<Vec<u32>> {
    let tensor = tensor.cast_to::<f32>()?;
    Ok(tensor.try_as_plain_ram()?.as_slice::<f32>()?.iter().map(|value| value.to_bits()).collect())
}

/// Depthwise convolution of 3×3 with one row of zeros around the picture, and the bend behind it. Numbers are kept as
/// bits, which have an order and a hash.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
struct Depthwise {
    stride: usize,
    /// Nine for each channel.
    weights: Vec<u32>,
    bias: Vec<u32>,
    /// One for each channel; none leaves the sums as they are.
    slopes: Option<Vec<u32>>,
}

/// What one channel is worked with.
#[derive(Clone, Copy)]
struct Channel {
    weights: [f32; 9],
    bias: f32,
    slope: f32,
}

impl Channel {
    #[inline(always)]
    fn bend(&self, sum: f32) -> f32 {
        if sum < 0.0 { sum * self.slope } else { sum }
    }

    /// A whole output plane.
    #[inline(always)]
    fn plane(&self, plane: &[f32], columns: usize, halved: bool, out: &mut [f32]) {
        let (stride, out_columns) = if halved { (2, columns.div_ceil(2)) } else { (1, columns) };
        for (y, out) in out.chunks_exact_mut(out_columns).enumerate() {
            let line =
                |y: Option<usize>| y.and_then(|y| plane.chunks_exact(columns).nth(y)).unwrap_or(&NOTHING[..columns]);
            let middle = y * stride;
            let lines = [line(middle.checked_sub(1)), line(Some(middle)), line(Some(middle + 1))];
            if halved { self.row_halved(lines, out) } else { self.row(lines, out) }
        }
    }

    /// One output row of the three input rows around it.
    #[inline(always)]
    fn row(&self, [a, b, c]: [&[f32]; 3], out: &mut [f32]) {
        let (w, last) = (&self.weights, out.len() - 1);
        let one = |line: &[f32], n: usize| line.get(n).copied().unwrap_or_default();
        let edge = |left: Option<usize>, n: usize| {
            let mut sum = self.bias;
            for (line, w) in [a, b, c].into_iter().zip(w.as_chunks::<3>().0) {
                sum += left.map_or(0.0, |left| one(line, left)) * w[0] + one(line, n) * w[1] + one(line, n + 1) * w[2];
            }
            self.bend(sum)
        };
        let inner = last.saturating_sub(1);
        if let Some(out) = out.get_mut(1..1 + inner) {
            // Slices of one length: the compiler then works on several places at once.
            let (a0, a1, a2) = (&a[..inner], &a[1..1 + inner], &a[2..2 + inner]);
            let (b0, b1, b2) = (&b[..inner], &b[1..1 + inner], &b[2..2 + inner]);
            let (c0, c1, c2) = (&c[..inner], &c[1..1 + inner], &c[2..2 + inner]);
            for (n, out) in out.iter_mut().enumerate() {
                let above = a0[n] * w[0] + a1[n] * w[1] + a2[n] * w[2];
                let here = b0[n] * w[3] + b1[n] * w[4] + b2[n] * w[5];
                let below = c0[n] * w[6] + c1[n] * w[7] + c2[n] * w[8];
                *out = self.bend(self.bias + above + here + below);
            }
        }
        out[0] = edge(None, 0);
        out[last] = edge(last.checked_sub(1), last);
    }

    /// The same for every second place of an even number of columns.
    #[inline(always)]
    fn row_halved(&self, lines: [&[f32]; 3], out: &mut [f32]) {
        let mut sums = [0.0f32; LONGEST];
        let Some(sums) = sums.get_mut(..out.len()) else { return };
        sums.fill(self.bias);
        for (line, w) in lines.into_iter().zip(self.weights.as_chunks::<3>().0) {
            let mut before = 0.0;
            for (sum, pair) in sums.iter_mut().zip(line.as_chunks::<2>().0) {
                *sum += before * w[0] + pair[0] * w[1] + pair[1] * w[2];
                before = pair[1];
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            *out = self.bend(*sum);
        }
    }
}

impl Op for Depthwise {
    fn name(&self) -> StaticName {
        "Depthwise3".into()
    }

    op_as_typed_op!();
}

impl EvalOp for Depthwise {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = args_1!(inputs);
        let [channels, rows, columns] = picture(input.shape())?;
        ensure!(channels == self.bias.len(), "{} channels expected, not {channels}", self.bias.len());
        ensure!((2..=LONGEST).contains(&columns) && rows > 0, "rows of {columns} are too short or too long");
        let (out_rows, out_columns) = (rows.div_ceil(self.stride), columns.div_ceil(self.stride));
        let mut output = Tensor::zero::<f32>(&resized(input.shape(), [out_rows, out_columns]))?;
        let mut view = output.try_as_plain_ram_mut()?;
        let out = view.as_slice_mut::<f32>()?;
        let (input, size, level) = (input.try_as_plain_ram()?.as_slice::<f32>()?, out.len(), Level::new());
        par_chunks_mut(out, out_rows * out_columns, size, |first, out| {
            let planes = input.chunks_exact(rows * columns).skip(first);
            let planes = planes.zip(out.chunks_exact_mut(out_rows * out_columns));
            for (n, (plane, out)) in (first..).zip(planes) {
                let channel = self.channel(n % channels);
                let halved = self.stride == 2;
                dispatch!(level, simd => simd.vectorize(#[inline(always)] || channel.plane(plane, columns, halved, out)));
            }
            Ok(())
        })?;
        Ok(tvec!(output.into_tvalue()))
    }
}

impl Depthwise {
    fn channel(&self, n: usize) -> Channel {
        let number = |bits: &[u32], n: usize| bits.get(n).map_or(0.0, |bits| f32::from_bits(*bits));
        Channel {
            weights: std::array::from_fn(|k| number(&self.weights, 9 * n + k)),
            bias: number(&self.bias, n),
            slope: self.slopes.as_ref().map_or(1.0, |slopes| number(slopes, n)),
        }
    }
}

impl TypedOp for Depthwise {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let shape = inputs[0].shape.as_concrete().context("a picture of known size")?;
        let [_, rows, columns] = picture(shape)?;
        let size = [rows.div_ceil(self.stride), columns.div_ceil(self.stride)];
        Ok(tvec!(f32::fact(&*resized(shape, size))))
    }

    as_op!();
}

/// The largest of every two by two values.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
struct Halve;

impl Op for Halve {
    fn name(&self) -> StaticName {
        "MaxPool2".into()
    }

    op_as_typed_op!();
}

impl EvalOp for Halve {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = args_1!(inputs);
        let [_, rows, columns] = picture(input.shape())?;
        let (out_rows, out_columns) = (rows / 2, columns / 2);
        let mut output = Tensor::zero::<f32>(&resized(input.shape(), [out_rows, out_columns]))?;
        if out_rows > 0 && out_columns > 0 {
            let mut view = output.try_as_plain_ram_mut()?;
            let out = view.as_slice_mut::<f32>()?;
            let (input, size, level) = (input.try_as_plain_ram()?.as_slice::<f32>()?, out.len(), Level::new());
            par_chunks_mut(out, out_rows * out_columns, size, |first, out| {
                let planes = input.chunks_exact(rows * columns).skip(first);
                for (plane, out) in planes.zip(out.chunks_exact_mut(out_rows * out_columns)) {
                    dispatch!(level, simd => simd.vectorize(#[inline(always)] || halve(plane, columns, out)));
                }
                Ok(())
            })?;
        }
        Ok(tvec!(output.into_tvalue()))
    }
}

/// One plane of it.
#[inline(always)]
fn halve(plane: &[f32], columns: usize, out: &mut [f32]) {
    for (two, out) in plane.chunks_exact(2 * columns).zip(out.chunks_exact_mut(columns / 2)) {
        let (above, below) = two.split_at(columns);
        let pairs = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
        for (out, (a, b)) in out.iter_mut().zip(pairs) {
            *out = a[0].max(a[1]).max(b[0].max(b[1]));
        }
    }
}

impl TypedOp for Halve {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let shape = inputs[0].shape.as_concrete().context("a picture of known size")?;
        let [_, rows, columns] = picture(shape)?;
        Ok(tvec!(f32::fact(&*resized(shape, [rows / 2, columns / 2]))))
    }

    as_op!();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: usize) -> Vec<f32> {
        (0..count).map(|n| ((n * 37 + 11) % 101) as f32 / 50.0 - 1.0).collect()
    }

    fn run(op: &dyn EvalOp, shape: &[usize], values: &[f32]) -> Vec<f32> {
        let input = Tensor::from_shape(shape, values).expect("a tensor");
        let output = op.eval_out_of_plan(tvec!(input.into())).expect("it runs").expect("it needs no plan");
        output[0].try_as_plain_ram().and_then(|v| v.as_slice::<f32>()).expect("floats").to_vec()
    }

    /// As the definition says, place by place.
    fn plainly(op: &Depthwise, [channels, rows, columns]: [usize; 3], values: &[f32]) -> Vec<f32> {
        let mut out = Vec::new();
        for n in 0..channels {
            let channel = op.channel(n);
            for (y, x) in
                (0..rows).step_by(op.stride).flat_map(|y| (0..columns).step_by(op.stride).map(move |x| (y, x)))
            {
                let mut sum = channel.bias;
                for (k, w) in channel.weights.iter().enumerate() {
                    let (v, u) = ((y + k / 3).wrapping_sub(1), (x + k % 3).wrapping_sub(1));
                    if v < rows && u < columns {
                        sum += w * values[(n * rows + v) * columns + u];
                    }
                }
                out.push(if sum < 0.0 { sum * channel.slope } else { sum });
            }
        }
        out
    }

    #[test]
    fn depthwise_is_what_its_definition_says() {
        let bits = |values: Vec<f32>| values.into_iter().map(f32::to_bits).collect::<Vec<_>>();
        for (stride, shape) in
            [(1, [3, 5, 7]), (1, [1, 1, 2]), (1, [2, 2, 3]), (2, [3, 6, 8]), (2, [2, 1, 2]), (2, [2, 5, 4])]
        {
            for slopes in [None, Some(bits(vec![0.25, 0.0, -0.5]))] {
                let op = Depthwise { stride, weights: bits(numbers(27)), bias: bits(numbers(3)), slopes };
                let op = Depthwise { bias: op.bias[..shape[0]].to_vec(), ..op };
                let values = numbers(shape.iter().product());
                let (got, wanted) =
                    (run(&op, &[1, shape[0], shape[1], shape[2]], &values), plainly(&op, shape, &values));
                assert_eq!(run(&op, &shape, &values), got, "without a batch");
                assert_eq!(got.len(), wanted.len());
                assert!(
                    got.iter().zip(&wanted).all(|(g, w)| (g - w).abs() < 1e-5),
                    "{stride} {shape:?} {got:?} {wanted:?}"
                );
            }
        }
    }

    #[test]
    fn the_largest_of_four() {
        let got = run(&Halve, &[1, 1, 2, 5], &[1.0, 2.0, -3.0, -4.0, 9.0, 0.0, 5.0, -1.0, -2.0, 9.0]);
        assert_eq!(got, [5.0, -1.0]);
    }
}
