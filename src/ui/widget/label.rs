//! A text that knows its phrases: where one is wider than the line, the text is drawn a little smaller; where that is not
//! enough, it tells that a phrase had to be broken, so that the whole part can be made smaller.

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self, Paragraph as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Widget, mouse, renderer};
use iced::alignment::{Horizontal, Vertical};
use iced::font::Weight;
use iced::widget::text::LineHeight;
use iced::{Color, Font, Length, Pixels, Rectangle, Renderer, Size, Theme};

use crate::i18n;
use crate::ui::message::{Element, Message};

/// What a label tells an operation of itself.
#[derive(Debug, Clone)]
pub struct Report {
    /// The phrase that is wider than the line, if there is one.
    pub broken: Option<String>,
    /// Its colour; that of what it stands on when none.
    pub color: Option<Color>,
    /// The text as the font shapes it.
    pub shaped: Shaped,
}

/// A text with its glyphs.
pub type Shaped = <Renderer as text::Renderer>::Paragraph;

/// See the module. Made by [`crate::ui::look::Look`].
pub struct Label {
    content: String,
    size: f32,
    line_height: f32,
    font: Font,
    color: Option<Color>,
    align: Horizontal,
    width: Length,
}

impl Label {
    /// `content` in pixels of `size`, lines `line_height` times as high.
    pub fn new(content: String, size: f32, line_height: f32, font: Font) -> Label {
        let (color, align, width) = (None, Horizontal::Left, Length::Shrink);
        Label { content, size, line_height, font, color, align, width }
    }

    /// In another weight of its family.
    pub fn font(self, weight: Weight) -> Label {
        Label { font: Font { weight, ..self.font }, ..self }
    }

    /// In the Japanese family whatever language the screen has: for what stands on the card, and for originals beside a
    /// translation.
    pub fn as_on_the_card(self) -> Label {
        Label { font: Font { weight: self.font.weight, ..crate::ui::font::DEFAULT }, ..self }
    }

    /// In pixels of another size.
    pub fn size(self, size: f32) -> Label {
        Label { size, ..self }
    }

    /// In a colour; else in the colour of what it stands on.
    pub fn color(self, color: Color) -> Label {
        Label { color: Some(color), ..self }
    }

    /// Where its lines stand.
    pub fn align_x(self, align: Horizontal) -> Label {
        Label { align, ..self }
    }

    /// How wide it is.
    pub fn width(self, width: impl Into<Length>) -> Label {
        Label { width: width.into(), ..self }
    }

    /// The size at which every phrase fits into `room`, measured with the font itself, and the phrase that does not fit
    /// even then.
    fn whole(&self, room: f32) -> (f32, Option<String>) {
        let phrases = i18n::unbreakable(&self.content).into_iter().map(|phrase| (self.measure(phrase), phrase));
        let Some((widest, phrase)) = phrases.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { return (self.size, None) };
        if widest <= room + 0.5 {
            return (self.size, None);
        }
        let size = (self.size * room / widest * 0.995).max(self.size * YIELDS_TO);
        (size, (widest * size / self.size > room + 0.5).then(|| i18n::readable(phrase)))
    }

    fn measure(&self, content: &str) -> f32 {
        <Renderer as text::Renderer>::Paragraph::with_text(text::Text {
            content,
            bounds: Size::INFINITE,
            size: Pixels(self.size),
            line_height: LineHeight::Relative(self.line_height),
            font: self.font,
            align_x: text::Alignment::Left,
            align_y: Vertical::Top,
            shaping: Shaping::Advanced,
            wrapping: Wrapping::None,
        })
        .min_width()
    }
}

/// How much smaller than wanted a text may be drawn to keep its longest word whole.
const YIELDS_TO: f32 = 0.7;

type Plain = text::paragraph::Plain<<Renderer as text::Renderer>::Paragraph>;

#[derive(Default)]
struct State {
    paragraph: Plain,
    broken: Option<String>,
}

impl Widget<Message, Theme, Renderer> for Label {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let state = tree.state.downcast_mut::<State>();
        let (size, broken) = self.whole(limits.max().width);
        state.broken = broken;
        let format = iced::advanced::widget::text::Format {
            width: self.width,
            height: Length::Shrink,
            size: Some(Pixels(size)),
            font: Some(self.font),
            line_height: LineHeight::Relative(self.line_height),
            align_x: self.align.into(),
            align_y: Vertical::Top,
            shaping: Shaping::Advanced,
            wrapping: Wrapping::WordOrGlyph,
        };
        iced::advanced::widget::text::layout(&mut state.paragraph, renderer, limits, &self.content, format)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_ref::<State>();
        let shaped = state.paragraph.raw().clone();
        let mut report = Report { broken: state.broken.clone(), color: self.color, shaped };
        operation.text(None, layout.bounds(), &self.content);
        operation.custom(None, layout.bounds(), &mut report);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let appearance = iced::advanced::widget::text::Style { color: self.color };
        iced::advanced::widget::text::draw(
            renderer,
            style,
            layout.bounds(),
            state.paragraph.raw(),
            appearance,
            viewport,
        );
    }
}

impl From<Label> for Element {
    fn from(label: Label) -> Element {
        Element::new(label)
    }
}
