//! One network: an ONNX file made ready once, and runners that keep their buffers between frames.
//!
//! A file whose operators are all among ours runs as [`Layers`]; any other one in the network runtime, which knows more
//! operators, takes longer and chooses its instructions itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use tract_onnx::pb;
use tract_onnx::prelude::*;
use tract_onnx::tract_core;
use tract_onnx::tract_core::internal::{TractErrorContext, ensure};
use zeroize::Zeroize;

use super::Instructions;
use super::layers::{Buffers, Layers, Unknown};

/// A network ready to run; cheap to share between threads.
pub struct Network {
    form: Form,
    shape: [usize; 4],
}

#[derive(Clone)]
enum Form {
    Ours(Arc<Layers>),
    Runtime(Arc<TypedRunnableModel>),
}

impl Network {
    /// Prepares the ONNX file in `bytes` for inputs of `shape` (batch, channels, rows, columns).
    pub fn load(bytes: &[u8], shape: [usize; 4], instructions: Instructions) -> TractResult<Self> {
        Self::of(&read(bytes)?, shape, instructions)
    }

    fn of(proto: &pb::ModelProto, shape: [usize; 4], instructions: Instructions) -> TractResult<Self> {
        let graph = proto.graph.as_ref().context("a file without a network")?;
        let [batch, channels, rows, columns] = shape;
        let layers = match batch {
            1 => Layers::read(graph, [channels, rows, columns], instructions.level()),
            _ => Err(Unknown(format!("a batch of {batch}"))),
        };
        match layers {
            Ok(layers) => Ok(Self { form: Form::Ours(Arc::new(layers)), shape }),
            Err(Unknown(why)) => {
                tracing::info!("a network runs in the network runtime: {why}");
                Self::in_runtime(proto, shape)
            }
        }
    }

    fn in_runtime(proto: &pb::ModelProto, shape: [usize; 4]) -> TractResult<Self> {
        // The declared output sizes of rewritten files are those of the original input size.
        let mut onnx = tract_onnx::onnx().with_ignore_output_shapes(true);
        onnx.op_register.insert("Sigmoid", |_, _| Ok((super::sigmoid::operator(), vec![])));
        let mut model = onnx.model_for_proto_model(proto)?;
        model.set_input_fact(0, f32::fact(shape).into())?;
        Ok(Self { form: Form::Runtime(model.into_optimized()?.into_runnable()?), shape })
    }

    /// Milliseconds per run that each kind of operator takes, slowest first, over `rounds` runs on an empty picture.
    pub fn operators(&self, rounds: u32) -> TractResult<Vec<(String, f64)>> {
        let mut times = BTreeMap::<String, f64>::new();
        match &self.form {
            Form::Ours(layers) => {
                let (input, mut buffers) = (vec![0.0; self.numbers()], layers.buffers());
                (0..rounds).for_each(|_| layers.run_timed(&input, &mut buffers, &mut times));
            }
            Form::Runtime(plan) => self.operators_in_runtime(plan, rounds, &mut times)?,
        }
        let mut times: Vec<_> = times.into_iter().map(|(name, ms)| (name, ms / f64::from(rounds.max(1)))).collect();
        times.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(times)
    }

    fn operators_in_runtime(
        &self,
        plan: &Arc<TypedRunnableModel>,
        rounds: u32,
        times: &mut BTreeMap<String, f64>,
    ) -> TractResult<()> {
        let mut state = plan.spawn()?;
        for _ in 0..rounds {
            let input = Tensor::zero::<f32>(&self.shape)?;
            state.run_plan_with_eval(tvec!(input.into()), |context, op_state, node, inputs| {
                let start = std::time::Instant::now();
                let outputs = tract_core::plan::eval(context, op_state, node, inputs);
                *times.entry(node.op().name().into_owned()).or_default() += start.elapsed().as_secs_f64() * 1e3;
                outputs
            })?;
        }
        Ok(())
    }

    /// How many numbers one input is.
    fn numbers(&self) -> usize {
        self.shape.iter().product()
    }

    /// The numbers of every output for the numbers of one input.
    pub fn outputs(&self, input: &[f32]) -> TractResult<Vec<Vec<f32>>> {
        ensure!(input.len() == self.numbers(), "{:?} numbers are needed", self.shape);
        Ok(self.runner()?.run(|to| to.copy_from_slice(input))?.to_vec())
    }

    /// A runner with its own state.
    pub fn runner(&self) -> TractResult<Runner> {
        let (work, outputs) = match &self.form {
            Form::Ours(layers) => (Work::Ours(layers.clone(), layers.buffers()), layers.outputs()),
            Form::Runtime(plan) => (Work::Runtime(plan.spawn()?), plan.model().output_outlets()?.len()),
        };
        Ok(Runner { work, input: vec![0.0; self.numbers()], outputs: vec![Vec::new(); outputs], shape: self.shape })
    }
}

/// The file, its constants of 16-bit floats widened: behind a cast they would be widened on every run.
fn read(bytes: &[u8]) -> TractResult<pb::ModelProto> {
    let mut proto = tract_onnx::onnx().proto_model_for_read(&mut &bytes[..])?;
    widen_constants(&mut proto);
    Ok(proto)
}

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

/// Runs a network again and again with the same buffers, wiped on drop.
pub struct Runner {
    work: Work,
    input: Vec<f32>,
    outputs: Vec<Vec<f32>>,
    shape: [usize; 4],
}

enum Work {
    Ours(Arc<Layers>, Buffers),
    Runtime(TypedSimpleState),
}

impl Runner {
    /// Rows and columns of the input.
    pub fn size(&self) -> (usize, usize) {
        (self.shape[2], self.shape[3])
    }

    /// Lets `fill` write the input (planes of rows), then runs; the numbers of every output.
    pub fn run(&mut self, fill: impl FnOnce(&mut [f32])) -> TractResult<&[Vec<f32>]> {
        fill(&mut self.input);
        match &mut self.work {
            Work::Ours(layers, buffers) => layers.run(&self.input, buffers, &mut self.outputs),
            Work::Runtime(state) => {
                let outputs = state.run(tvec!(Tensor::from_shape(&self.shape, &self.input)?.into()))?;
                for (to, output) in self.outputs.iter_mut().zip(&outputs) {
                    to.clear();
                    to.extend_from_slice(output.try_as_plain_ram()?.as_slice::<f32>()?);
                }
            }
        }
        Ok(&self.outputs)
    }

    /// Overwrites the buffers.
    pub fn wipe(&mut self) {
        self.input.as_mut_slice().zeroize();
        self.outputs.iter_mut().for_each(|output| output.as_mut_slice().zeroize());
        if let Work::Ours(_, buffers) = &mut self.work {
            buffers.wipe();
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.wipe();
    }
}

#[cfg(test)]
mod tests;
