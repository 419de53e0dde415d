//! Sigmoid to the last bit of a 32-bit float. The runtime's own is a fit that is off by up to 5e-7, which is much for the
//! detector where it is sure that there is no face.

use tract_onnx::tract_core;
use tract_onnx::tract_hir::infer::InferenceOp;
use tract_onnx::tract_hir::internal::*;

tract_core::element_wise!(exact, ExactSigmoid,
    [f32] => |_, values| {
        values.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp()));
        Ok(())
    }
);

/// The operator for the reader of ONNX files.
pub fn operator() -> Box<dyn InferenceOp> {
    exact().into_hir()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_values_are_as_exact_as_large_ones() {
        let values = [-80.0f32, -16.0, -8.0, -1.0, 0.0, 3.0, 40.0];
        let mut tensor = tensor1(&values);
        ElementWiseMiniOp::eval_in_place(&ExactSigmoid {}, &mut tensor, None).expect("floats");
        let results = tensor.try_as_plain_ram().and_then(|view| view.as_slice::<f32>()).expect("floats");
        for (value, result) in values.into_iter().zip(results) {
            let exact = 1.0 / (1.0 + (-f64::from(value)).exp());
            assert!((f64::from(*result) / exact - 1.0).abs() < 1e-6, "{value}: {result}");
        }
    }
}
