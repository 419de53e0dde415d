//! PRelu in one pass over memory. The runtime spells it as three operators (multiply, compare, choose), which took
//! more than half of the recogniser's time.

use fearless_simd::{Level, Simd, dispatch};
use tract_onnx::tract_core::internal::multithread::par_chunks_mut;
use tract_onnx::tract_hir::infer::{InferenceOp, InferenceResult, Solver, TensorProxy, check_input_arity};
use tract_onnx::tract_hir::internal::*;
use tract_onnx::tract_hir::ops::expandable::{Expansion, expand};

/// The operator for the reader of ONNX files.
pub fn operator() -> Box<dyn InferenceOp> {
    expand(ReadPrelu)
}

/// What the file says: `x` with its channels on the second axis, and one slope per channel.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
struct ReadPrelu;

impl Expansion for ReadPrelu {
    fn name(&self) -> StaticName {
        "PRelu".into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 2)?;
        let (input, output) = (&inputs[0], &outputs[0]);
        solver.equals(&input.datum_type, &output.datum_type)?;
        solver.equals(&input.shape, &output.shape)
    }

    fn wire(&self, name: &str, model: &mut TypedModel, inputs: &[OutletId]) -> TractResult<TVec<OutletId>> {
        let slopes = model.outlet_fact(inputs[1])?.konst.clone().context("slopes that are no constants")?;
        let slopes = slopes.cast_to::<f32>()?.into_owned().into_plain_array::<f32>()?.into_raw_vec_and_offset().0;
        let slopes = slopes.into_iter().map(f32::to_bits).collect();
        model.wire_node(name, Prelu { slopes }, &inputs[..1])
    }
}

/// What runs. Slopes are kept as bits, which have an order and a hash.
#[derive(Debug, Clone, Hash, PartialEq, Eq)]
pub(super) struct Prelu {
    pub(super) slopes: Vec<u32>,
}

impl Op for Prelu {
    fn name(&self) -> StaticName {
        "PRelu".into()
    }

    op_as_typed_op!();
}

impl EvalOp for Prelu {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let mut tensor = args_1!(inputs).into_tensor();
        let channels = self.slopes.len();
        ensure!(tensor.shape().get(1) == Some(&channels), "{channels} slopes for {:?}", tensor.shape());
        ensure!(tensor.strides() == &*Tensor::natural_strides(tensor.shape()), "rows must follow each other");
        let plane = tensor.shape().iter().skip(2).product::<usize>().max(1);
        let mut view = tensor.try_as_plain_ram_mut()?;
        let values = view.as_slice_mut::<f32>()?;
        let (size, level) = (values.len(), Level::new());
        par_chunks_mut(values, plane, size, |first, values| {
            let slopes = self.slopes.iter().cycle().skip(first % channels);
            for (values, slope) in values.chunks_exact_mut(plane).zip(slopes) {
                let slope = f32::from_bits(*slope);
                dispatch!(level, simd => simd.vectorize(#[inline(always)] || bend(values, slope)));
            }
            Ok(())
        })?;
        Ok(tvec!(tensor.into_tvalue()))
    }
}

#[inline(always)]
fn bend(values: &mut [f32], slope: f32) {
    for value in values {
        *value = if *value < 0.0 { *value * slope } else { *value };
    }
}

impl TypedOp for Prelu {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(inputs[0].without_value()))
    }

    as_op!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_channel_has_its_slope() {
        let op = Prelu { slopes: [0.5f32, -1.0].map(f32::to_bits).to_vec() };
        let input = Tensor::from_shape(&[1, 2, 1, 2], &[-2.0f32, 3.0, -4.0, 5.0]).expect("a tensor");
        let output = op.eval_out_of_plan(tvec!(input.into())).expect("it runs").expect("it needs no plan");
        assert_eq!(
            output[0].try_as_plain_ram().and_then(|v| v.as_slice::<f32>()).expect("floats"),
            [-1.0, 3.0, 4.0, 5.0]
        );
    }

    #[test]
    fn another_number_of_channels_is_refused() {
        let op = Prelu { slopes: vec![0; 3] };
        let input = Tensor::zero::<f32>(&[1, 2, 1, 2]).expect("a tensor");
        assert!(op.eval_out_of_plan(tvec!(input.into())).is_err());
    }
}
