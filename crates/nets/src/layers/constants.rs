//! The constants and attributes of an ONNX file.

use std::collections::BTreeMap;

use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::pb::{AttributeProto, GraphProto, NodeProto, TensorProto};

use super::read::{Known, unknown};

/// A tensor of the file; whole numbers too as floats.
#[derive(Clone)]
pub struct Constant {
    pub dims: Vec<usize>,
    pub numbers: Vec<f32>,
}

/// All of a graph, by name.
pub fn constants(graph: &GraphProto) -> Known<BTreeMap<&str, Constant>> {
    graph.initializer.iter().map(|tensor| Ok((tensor.name.as_str(), constant(tensor)?))).collect()
}

fn constant(tensor: &TensorProto) -> Known<Constant> {
    let dims: Vec<usize> = tensor.dims.iter().map(|dim| usize::try_from(*dim).unwrap_or_default()).collect();
    let raw = &tensor.raw_data[..];
    let numbers: Vec<f32> = if tensor.data_type == DataType::Float as i32 {
        let four = raw.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
        if raw.is_empty() { tensor.float_data.clone() } else { four.collect() }
    } else if tensor.data_type == DataType::Int64 as i32 {
        let eight = raw.as_chunks::<8>().0.iter().map(|bytes| i64::from_le_bytes(*bytes) as f32);
        if raw.is_empty() { tensor.int64_data.iter().map(|n| *n as f32).collect() } else { eight.collect() }
    } else {
        return unknown(format!("constant {} of kind {}", tensor.name, tensor.data_type));
    };
    if numbers.len() != dims.iter().product::<usize>() {
        return unknown(format!("constant {} of {} numbers for {dims:?}", tensor.name, numbers.len()));
    }
    Ok(Constant { dims, numbers })
}

fn attribute<'n>(node: &'n NodeProto, name: &str) -> Option<&'n AttributeProto> {
    node.attribute.iter().find(|attribute| attribute.name == name)
}

pub fn integer(node: &NodeProto, name: &str, usual: i64) -> i64 {
    attribute(node, name).map_or(usual, |attribute| attribute.i)
}

pub fn float(node: &NodeProto, name: &str, usual: f32) -> f32 {
    attribute(node, name).map_or(usual, |attribute| attribute.f)
}

/// None where there is no such attribute.
pub fn integers<'n>(node: &'n NodeProto, name: &str) -> &'n [i64] {
    attribute(node, name).map_or(&[], |attribute| &attribute.ints)
}

/// Empty where there is no such attribute.
pub fn text<'n>(node: &'n NodeProto, name: &str) -> &'n [u8] {
    attribute(node, name).map_or(&[], |attribute| &attribute.s)
}
