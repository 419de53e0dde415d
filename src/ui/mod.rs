//! The window: screens, design system, themes. Shows the view, sends touches, takes all words from `locales`.
