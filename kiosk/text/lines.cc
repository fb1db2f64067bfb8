// First the text becomes atoms, which never break; then atoms fill lines.
#include "kiosk/text/lines.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"

namespace machi::kiosk {
namespace {

constexpr char32_t kBase = 0xfff9, kReading = 0xfffa, kEnd = 0xfffb, kPhrase = 0x200b;

enum class Break {
  No,
  Torn,    // only in need, inside of a word
  Letter,  // between two characters of a script without spaces
  Phrase,  // where the sentence breathes: a space, the end of a phrase
};

struct Atom {
  std::u32string text;
  std::u32string reading;
  float width = 0;
  float own = 0;  // of the text alone, where the reading is wider
  float reading_width = 0;
  Break after = Break::No;
  bool space = false;
  bool shaped = false;
  bool end = false;        // a line ends here
  bool by_letter = false;  // a place to break as good as any, in a text that names none
};

bool ideographic(char32_t c) {
  return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xffef) ||
         (c >= 0x20000 && c <= 0x3ffff);
}
bool never_first(char32_t c) {
  return std::u32string_view(
             U"、。，．・：；？！）］｝」』】〉》〕ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〜”’％℃円"
             U"年月日,.:;!?)]}%")
             .find(c) != std::u32string_view::npos;
}
bool never_last(char32_t c) {
  return std::u32string_view(U"（［｛「『【〈《〔“‘￥([{").find(c) != std::u32string_view::npos;
}

class Reader {
 public:
  Reader(Typesetter& type, const Style& style, std::u32string text)
      : type_(type), style_(style), text_(std::move(text)) {}

  std::vector<Atom> atoms() {
    while (at_ < text_.size()) one();
    close();
    // A sentence that says its phrases breaks there; one that does not, between letters.
    // Easy Japanese writes spaces between its phrases.
    const auto kana = [](char32_t c) { return c >= 0x3041 && c <= 0x3096; };
    const bool phrased =
        text_.find(kPhrase) != std::u32string::npos ||
        (text_.find(U' ') != std::u32string::npos && std::any_of(text_.begin(), text_.end(), kana));
    if (!phrased && !out_.empty())
      for (Atom& atom : out_)
        if (atom.after == Break::Letter) {
          atom.after = Break::Phrase;
          atom.by_letter = true;
        }
    return std::move(out_);
  }
  bool ruby() const { return ruby_; }

 private:
  void one() {
    const char32_t c = text_[at_];
    if (c == kBase) return read_ruby();
    ++at_;
    if (c == kPhrase) return mark(Break::Phrase);
    if (c == '\n') {
      close();
      Atom end;
      end.end = true;
      out_.push_back(end);
      return;
    }
    if (c == ' ' || c == 0x3000) {
      close();
      Atom space;
      space.text = c;
      space.width = type_.advance(c, style_);
      space.space = true;
      space.after = Break::Phrase;
      out_.push_back(space);
      return;
    }
    const bool joined = joins(c) || (at_ < text_.size() && is_selector(text_[at_])) ||
                        (word_shaped_ && (c == 0x200c || c == 0x200d));
    if (joined != word_shaped_ && !word_.empty()) close();
    if (joined) {
      word_ += c;
      word_shaped_ = true;
      if (is_selector(c)) close(Break::Letter);
      return;
    }
    if (ideographic(c)) {
      close();
      word_ += c;
      close(Break::Letter);
      return;
    }
    word_ += c;
    if (c == '/' || c == '-') close(Break::Torn);
  }

  void read_ruby() {
    close();
    const std::size_t middle = text_.find(kReading, at_);
    const std::size_t end = text_.find(kEnd, at_);
    if (middle == std::u32string::npos || end == std::u32string::npos || middle > end) {
      ++at_;
      return;
    }
    Atom atom;
    atom.text = text_.substr(at_ + 1, middle - at_ - 1);
    atom.reading = text_.substr(middle + 1, end - middle - 1);
    atom.own = type_.width(atom.text, style_);
    atom.reading_width = type_.width(atom.reading, {style_.em * kReadingShare, false});
    atom.width = std::max(atom.own, atom.reading_width);
    atom.after = Break::Letter;
    out_.push_back(std::move(atom));
    at_ = end + 1;
    ruby_ = true;
  }

  void close(Break after = Break::No) {
    if (word_.empty()) return;
    Atom atom;
    atom.text = std::exchange(word_, {});
    atom.shaped = std::exchange(word_shaped_, false);
    atom.width = atom.shaped ? type_.shaped(base::from_code_points(atom.text), style_)
                             : type_.width(atom.text, style_);
    atom.own = atom.width;
    atom.after = after;
    // Between a letter and an ideograph there is a place to break, too.
    if (after == Break::No && at_ < text_.size() && (ideographic(text_[at_]) || text_[at_] == kBase))
      atom.after = Break::Letter;
    out_.push_back(std::move(atom));
    forbid();
  }

  // What may not begin a line holds on to what stands before it, and the other way round.
  void forbid() {
    const Atom& last = out_.back();
    if (out_.size() > 1 && !last.text.empty() && never_first(last.text.front()) &&
        !out_[out_.size() - 2].space)
      out_[out_.size() - 2].after = Break::No;
    if (!last.text.empty() && never_last(last.text.back())) out_.back().after = Break::No;
  }
  void mark(Break after) {
    close();
    if (!out_.empty()) out_.back().after = std::max(out_.back().after, after);
  }

  Typesetter& type_;
  Style style_;
  std::u32string text_;
  std::vector<Atom> out_;
  std::u32string word_;
  std::size_t at_ = 0;
  bool word_shaped_ = false;
  bool ruby_ = false;
};

class Filler {
 public:
  Filler(Lines& out, float width) : out_(out), width_(width) {}

  void fill(const std::vector<Atom>& atoms) {
    std::size_t from = 0;
    while (from < atoms.size()) {
      while (from < atoms.size() && atoms[from].space && !out_.lines.empty()) ++from;
      if (from >= atoms.size()) break;
      const std::size_t to = end_of_line(atoms, from);
      add(atoms, from, to);
      from = to;
    }
    if (out_.lines.empty()) out_.lines.emplace_back();
  }

 private:
  std::size_t end_of_line(const std::vector<Atom>& atoms, std::size_t from) {
    float sum = 0;
    std::size_t phrase = 0, letter = 0;
    for (std::size_t i = from; i < atoms.size(); ++i) {
      if (atoms[i].end) return i + 1;
      sum += atoms[i].width;
      if (sum > width_ + 0.5F && !atoms[i].space && i > from) {
        if (phrase > from) {
          out_.split = out_.split || atoms[phrase - 1].by_letter;
          return phrase;
        }
        if (letter > from) {
          out_.split = true;
          return letter;
        }
        out_.torn = true;
        return i;
      }
      if (atoms[i].after == Break::Phrase) phrase = i + 1;
      if (atoms[i].after == Break::Letter || atoms[i].after == Break::Torn) letter = i + 1;
    }
    return atoms.size();
  }

  void add(const std::vector<Atom>& atoms, std::size_t from, std::size_t to) {
    Line line;
    float x = 0;
    std::size_t end = to;
    while (end > from && (atoms[end - 1].space || atoms[end - 1].end)) --end;
    for (std::size_t i = from; i < end; ++i) {
      const Atom& atom = atoms[i];
      const float inset = (atom.width - atom.own) / 2;
      if (!atom.space) {
        const std::string text = base::from_code_points(atom.text);
        // Neighbours on one line are one piece: fewer to draw.
        const bool joined = !atom.shaped && inset <= 0 && i > from && !atoms[i - 1].shaped &&
                            atoms[i - 1].width <= atoms[i - 1].own && !line.pieces.empty();
        if (joined && !atoms[i - 1].space)
          line.pieces.back().text += text;
        else
          line.pieces.push_back({text, x + std::max(0.0F, inset), atom.shaped});
      }
      if (!atom.reading.empty())
        line.readings.push_back(
            {base::from_code_points(atom.reading), x + (atom.width - atom.reading_width) / 2, false});
      x += atom.width;
    }
    line.width = x;
    if (x > width_ + 1) out_.torn = true;
    out_.width = std::max(out_.width, x);
    out_.lines.push_back(std::move(line));
  }

  Lines& out_;
  float width_;
};

}  // namespace

Lines set_lines(Typesetter& type, std::string_view text, const Style& style, float width, float leading) {
  Lines out;
  out.style = style;
  Reader reader(type, style, base::to_code_points(text));
  const std::vector<Atom> atoms = reader.atoms();
  out.ruby = reader.ruby();
  out.line_height = style.em * (out.ruby ? std::max(1.8F, leading) : leading);
  // The base line lies so that the letters stand in the middle of the line, ruby aside.
  out.ascent =
      out.ruby ? out.line_height - style.em * 0.3F : (out.line_height - style.em) / 2 + style.em * 0.86F;
  Filler(out, width).fill(atoms);
  return out;
}

}  // namespace machi::kiosk
