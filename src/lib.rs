//! Stonehand makes newspapers from a folder of Markdown stories.

pub mod diag;
pub mod grid;
pub mod language;
pub mod names;
pub mod words;

pub mod compose;
pub mod content;
pub mod edition;
pub mod export;
pub mod galley;
pub mod hand;
pub mod lock;
pub mod makeup;
pub mod picture;
pub mod publish;
pub mod review;
pub mod screens;
pub mod shares;
pub mod site;

pub mod build;
pub mod copyfit;
pub mod folder;
pub mod furnish;
pub mod numbers;
pub mod origin;
pub mod serve;
pub mod typeset;
pub mod web;
