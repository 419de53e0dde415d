//! One network: an ONNX file made ready once, and runners that keep their buffers between frames.

use std::sync::Arc;

use tract_onnx::pb;
use tract_onnx::prelude::*;
use tract_onnx::tract_core;
use tract_onnx::tract_core::internal::ensure;

/// A network ready to run; cheap to share between threads.
pub struct Network {
    plan: Arc<TypedRunnableModel>,
    shape: [usize; 4],
}

impl Network {
    /// Prepares the ONNX file in `bytes` for inputs of `shape` (batch, channels, rows, columns).
    pub fn load(bytes: &[u8], shape: [usize; 4]) -> TractResult<Self> {
        // The declared output sizes of rewritten files are those of the original input size.
        let mut onnx = tract_onnx::onnx().with_ignore_output_shapes(true);
        onnx.op_register.insert("PRelu", |_, _| Ok((super::prelu::operator(), vec![])));
        onnx.op_register.insert("Sigmoid", |_, _| Ok((super::sigmoid::operator(), vec![])));
        let mut proto = onnx.proto_model_for_read(&mut &bytes[..])?;
        widen_constants(&mut proto);
        let mut model = onnx.model_for_proto_model(&proto)?;
        model.set_input_fact(0, f32::fact(shape).into())?;
        let mut model = model.into_typed()?.into_decluttered()?;
        super::fuse::fuse(&mut model)?;
        Ok(Self { plan: model.into_optimized()?.into_runnable()?, shape })
    }

    /// Milliseconds per run that each kind of operator takes, slowest first, over `rounds` runs on an empty picture.
    pub fn operators(&self, rounds: u32) -> TractResult<Vec<(String, f64)>> {
        let mut state = self.plan.spawn()?;
        let mut times = std::collections::BTreeMap::<String, f64>::new();
        for _ in 0..rounds {
            let input = Tensor::zero::<f32>(&self.shape)?;
            state.run_plan_with_eval(tvec!(input.into()), |context, op_state, node, inputs| {
                let start = std::time::Instant::now();
                let outputs = tract_core::plan::eval(context, op_state, node, inputs);
                *times.entry(node.op().name().into_owned()).or_default() += start.elapsed().as_secs_f64() * 1e3;
                outputs
            })?;
        }
        let mut times: Vec<_> = times.into_iter().map(|(name, ms)| (name, ms / f64::from(rounds.max(1)))).collect();
        times.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(times)
    }

    /// The numbers of every output for the numbers of one input.
    pub fn outputs(&self, input: &[f32]) -> TractResult<Vec<Vec<f32>>> {
        ensure!(input.len() == self.shape.iter().product::<usize>(), "{:?} numbers are needed", self.shape);
        let mut runner = self.runner()?;
        let outputs = runner.run(|to| to.copy_from_slice(input))?;
        outputs.iter().map(|output| Ok(values(output)?.to_vec())).collect()
    }

    /// A runner with its own state.
    pub fn runner(&self) -> TractResult<Runner> {
        Ok(Runner { state: self.plan.spawn()?, input: Arc::new(Tensor::zero::<f32>(&self.shape)?), shape: self.shape })
    }
}

/// Constants stored as 16-bit floats behind a cast would be widened on every run; widen them once.
fn widen_constants(proto: &mut pb::ModelProto) {
    let Some(graph) = proto.graph.as_mut() else { return };
    let initializers = &mut graph.initializer;
    graph.node.retain(|node| {
        let (Some(from), Some(to)) = (node.input.first(), node.output.first()) else { return true };
        let half = pb::tensor_proto::DataType::Float16 as i32;
        let found = initializers.iter_mut().find(|t| node.op_type == "Cast" && t.name == *from && t.data_type == half);
        let Some(constant) = found else { return true };
        let (pairs, _) = constant.raw_data.as_chunks::<2>();
        constant.raw_data = pairs.iter().flat_map(|pair| f16::from_le_bytes(*pair).to_f32().to_le_bytes()).collect();
        constant.data_type = pb::tensor_proto::DataType::Float as i32;
        constant.name = to.clone();
        false
    });
}

/// Runs a network again and again with one input buffer, wiped on drop.
pub struct Runner {
    state: TypedSimpleState,
    input: Arc<Tensor>,
    shape: [usize; 4],
}

impl Runner {
    /// Rows and columns of the input.
    pub fn size(&self) -> (usize, usize) {
        (self.shape[2], self.shape[3])
    }

    /// Lets `fill` write the input (planes of rows), then runs.
    pub fn run(&mut self, fill: impl FnOnce(&mut [f32])) -> TractResult<TVec<TValue>> {
        if Arc::get_mut(&mut self.input).is_none() {
            self.input = Arc::new(Tensor::zero::<f32>(&self.shape)?);
        }
        if let Some(tensor) = Arc::get_mut(&mut self.input) {
            fill(tensor.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?);
        }
        self.state.run(tvec!(TValue::from_const(self.input.clone())))
    }

    /// Overwrites the input buffer.
    pub fn wipe(&mut self) {
        if let Some(tensor) = Arc::get_mut(&mut self.input)
            && let Some(mut view) = tensor.as_plain_ram_mut()
            && let Ok(values) = view.as_slice_mut::<f32>()
        {
            zeroize::Zeroize::zeroize(values);
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// The numbers of one output.
pub fn values(output: &TValue) -> TractResult<&[f32]> {
    output.try_as_plain_ram()?.as_slice::<f32>()
}
