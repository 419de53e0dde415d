//! Camera port: real cameras and recorded folders of frames.
