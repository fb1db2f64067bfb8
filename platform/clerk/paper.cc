// Where everything stands on the sheet. Points from the top left; the core decides what stands on which.
#include "platform/clerk/paper.h"

#include <cairo-pdf.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/code/qr.h"
#include "platform/clerk/archive_pdf.h"

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using certificate::Block;
using certificate::Cell;
using certificate::Document;
using certificate::Facts;

constexpr double kWidth = 595.276, kHeight = 841.89;
constexpr double kLeft = 42, kRight = kWidth - 42;
constexpr double kTop = 84;  // of the tables
constexpr double kLine = 13.6;
constexpr double kLabel = 84;  // width of a label's column
constexpr double kText = 9.5, kSmall = 7, kName = 12;
constexpr double kPad = 4;
constexpr double kFoot = 642;    // below the tables
constexpr double kSymbol = 100;  // side of the symbol, quiet zone included
constexpr int kQuiet = 4;

// Splits at the width, between signs; a line never begins with a closing mark.
std::vector<std::string> lines_of(const Typeface& face, std::string_view text, double size, double width) {
  std::vector<std::string> out(1);
  const auto points = base::to_code_points(text);
  for (std::size_t i = 0; i < points.size();) {
    std::size_t next = i + 1;
    while (next < points.size() && ((points[next] >= 0xE0100 && points[next] <= 0xE01EF) ||
                                    (points[next] >= 0xFE00 && points[next] <= 0xFE0F)))
      ++next;
    const std::string sign = base::from_code_points(std::u32string_view(points).substr(i, next - i));
    const bool closing =
        std::u32string_view(U"、。，．」』）】ー").find(points[i]) != std::u32string_view::npos;
    if (!closing && !out.back().empty() && face.width(out.back() + sign, size) > width) out.emplace_back();
    out.back() += sign;
    i = next;
  }
  return out;
}

class Sheet {
 public:
  Sheet(cairo_t* to, const Typeface& face) : to_(to), face_(face) {}

  void ink(double red, double green, double blue) { cairo_set_source_rgb(to_, red, green, blue); }
  void black() { ink(0, 0, 0); }
  void text(double x, double y, double size, std::string_view words) { face_.draw(to_, x, y, size, words); }
  void centred(double middle, double y, double size, std::string_view words) {
    text(middle - face_.width(words, size) / 2, y, size, words);
  }
  void to_right(double right, double y, double size, std::string_view words) {
    text(right - face_.width(words, size), y, size, words);
  }
  // On one line, smaller when it must be.
  void fitted(double x, double y, double size, double width, std::string_view words) {
    const double wide = face_.width(words, size);
    text(x, y, wide > width ? size * width / wide : size, words);
  }

  double table(const Block& block, const Facts& facts, double y) {
    if (!block.heading.empty()) {
      black();
      text(kLeft, y + kLine - 4, kText, block.heading);
      y += kLine;
    }
    if (block.imprint) y = imprint(*facts.imprint, y);
    for (std::size_t i = 0; i < block.cells.size();) {
      const Cell& first = block.cells[i];
      const bool pair = !first.wide && i + 1 < block.cells.size() && !block.cells[i + 1].wide;
      const int lines = pair ? std::max(first.lines, block.cells[i + 1].lines) : first.lines;
      const double height = lines * kLine;
      const double middle = pair ? (kLeft + kRight) / 2 : kRight;
      cell(first, kLeft, y, middle - kLeft, height);
      if (pair) cell(block.cells[i + 1], middle, y, kRight - middle, height);
      y += height;
      i += pair ? 2 : 1;
    }
    return y + kLine;
  }

  void symbol(const code::QrSymbol& symbol, double x, double y) {
    ink(1, 1, 1);
    cairo_rectangle(to_, x, y, kSymbol, kSymbol);
    cairo_fill(to_);
    black();
    const double dot = kSymbol / (symbol.size + 2 * kQuiet);
    for (int row = 0; row < symbol.size; ++row)
      for (int from = 0; from < symbol.size;) {
        const auto dark = [&](int at) {
          return at < symbol.size && symbol.modules[static_cast<std::size_t>(row * symbol.size + at)] == '1';
        };
        int to = from;
        while (dark(to)) ++to;
        if (to > from)
          cairo_rectangle(to_, x + (from + kQuiet) * dot, y + (row + kQuiet) * dot, (to - from) * dot, dot);
        from = to + 1;
      }
    cairo_fill(to_);
  }

  // The square seal of the mayor's office, read from the right column down.
  void office_seal(const std::string& municipality, double x, double y, double side) {
    const auto signs = base::to_code_points(municipality + "長之印");
    const std::size_t columns = signs.size() <= 6 ? 2 : 3;
    const std::size_t rows = (signs.size() + columns - 1) / columns;
    ink(0.78, 0.1, 0.1);
    cairo_set_line_width(to_, 2);
    cairo_rectangle(to_, x, y, side, side);
    cairo_stroke(to_);
    const double column = side / static_cast<double>(columns), row = side / static_cast<double>(rows);
    const double size = std::min(column, row) * 0.86;
    for (std::size_t i = 0; i < signs.size(); ++i) {
      const double middle = x + side - column * (static_cast<double>(i / rows) + 0.5);
      const double base = y + row * (static_cast<double>(i % rows) + 0.5) + size * 0.38;
      centred(middle, base, size, base::from_code_points(std::u32string_view(signs).substr(i, 1)));
    }
    black();
  }

  void specimen() {
    cairo_save(to_);
    cairo_translate(to_, kWidth / 2, kHeight / 2);
    cairo_rotate(to_, -0.9);
    ink(0.85, 0.45, 0.45);
    cairo_set_line_width(to_, 1);
    face_.trace(to_, -face_.width("見本", 200) / 2, 70, 200, "見本");
    cairo_stroke(to_);
    cairo_restore(to_);
    black();
  }

 private:
  void cell(const Cell& what, double x, double y, double width, double height) {
    cairo_set_line_width(to_, 0.5);
    ink(0.93, 0.95, 0.96);
    cairo_rectangle(to_, x, y, kLabel, height);
    cairo_fill(to_);
    black();
    cairo_rectangle(to_, x, y, width, height);
    cairo_move_to(to_, x + kLabel, y);
    cairo_line_to(to_, x + kLabel, y + height);
    cairo_stroke(to_);
    fitted(x + kPad, y + height / 2 + kSmall * 0.38, kSmall, kLabel - 2 * kPad, what.label);
    const double room = width - kLabel - 2 * kPad, at = x + kLabel + kPad;
    if (!what.reading.empty()) {
      fitted(at, y + 8, 6, room, what.reading);
      fitted(at, y + height - 5, kName, room, what.text);
      return;
    }
    const auto lines = lines_of(face_, what.text, kText, room);
    const double size = static_cast<int>(lines.size()) > what.lines
                            ? kText * what.lines / static_cast<double>(lines.size())
                            : kText;
    const double step = height / static_cast<double>(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i)
      text(at, y + step * (static_cast<double>(i) + 0.5) + size * 0.38, size, lines[i]);
  }

  double imprint(const certificate::Imprint& imprint, double y) {
    const double side = 8 * kLine, x = kLeft + kLabel + kPad;
    black();
    text(kLeft + kPad, y + 12, kText, "印影");
    const double dot = side / imprint.side;
    for (int row = 0; row < imprint.side; ++row)
      for (int column = 0; column < imprint.side; ++column) {
        const auto bit = static_cast<std::size_t>(row * imprint.side + column);
        if ((imprint.bits[bit / 8] >> (7 - bit % 8) & 1) != 0)
          cairo_rectangle(to_, x + column * dot, y + 4 + row * dot, dot, dot);
      }
    cairo_fill(to_);
    return y + 9 * kLine;
  }

  cairo_t* to_;
  const Typeface& face_;
};

// Two tints of the same darkness: fine dots, and coarse ones inside of the word 複写. A copier keeps the
// coarse ones better than the fine ones. How well depends on printer and copier: it deters, it proves
// nothing.
cairo_pattern_t* background(const Typeface& face) {
  constexpr double kTileWidth = 96, kTileHeight = 48, kFine = 2, kFineDot = 0.36, kCoarse = 4,
                   kCoarseDot = 0.72;
  const cairo_rectangle_t extents{0, 0, kTileWidth, kTileHeight};
  cairo_surface_t* tile = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t* to = cairo_create(tile);
  cairo_set_source_rgb(to, 0.45, 0.6, 0.68);
  // Which dots lie inside is asked of the word drawn small.
  cairo_surface_t* mask = cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(kTileWidth),
                                                     static_cast<int>(kTileHeight));
  cairo_t* word = cairo_create(mask);
  face.trace(word, 16, 38, 32, "複写");
  cairo_fill(word);
  cairo_surface_flush(mask);
  const unsigned char* pixels = cairo_image_surface_get_data(mask);
  const int stride = cairo_image_surface_get_stride(mask);
  const auto dots = [&](double pitch, double dot, bool inside) {
    for (double y = pitch / 2; y < kTileHeight; y += pitch)
      for (double x = pitch / 2; x < kTileWidth; x += pitch)
        if ((pixels[static_cast<int>(y) * stride + static_cast<int>(x)] >= 128) == inside)
          cairo_rectangle(to, x - dot / 2, y - dot / 2, dot, dot);
  };
  dots(kFine, kFineDot, false);
  dots(kCoarse, kCoarseDot, true);
  cairo_fill(to);
  cairo_destroy(word);
  cairo_surface_destroy(mask);
  cairo_destroy(to);
  cairo_pattern_t* out = cairo_pattern_create_for_surface(tile);
  cairo_pattern_set_extend(out, CAIRO_EXTEND_REPEAT);
  cairo_surface_destroy(tile);
  return out;
}

cairo_status_t collect(void* to, const unsigned char* bytes, unsigned count) {
  auto* out = static_cast<base::Bytes*>(to);
  out->insert(out->end(), bytes, bytes + count);
  return CAIRO_STATUS_SUCCESS;
}

void foot(Sheet& sheet, const Facts& facts, const Document& document, const Typeface& face) {
  double y = kFoot + 12;
  for (const std::string& line : lines_of(face, document.statement, 10.5, kRight - kLeft)) {
    sheet.text(kLeft, y, 10.5, line);
    y += 16;
  }
  sheet.text(kLeft + 130, kFoot + 62, 10.5, document.issued);
  sheet.to_right(kRight - 74, kFoot + 92, 14, document.mayor);
  sheet.office_seal(facts.municipality, kRight - 60, kFoot + 52, 56);
}

}  // namespace

base::Status check_spelling(const Facts& facts, const Typeface& face) {
  const auto check = [&](const std::string& place, std::string_view text) -> base::Status {
    const auto status = face.check(text);
    return status.ok() ? status : fail(status.code(), place + ": " + status.error().detail);
  };
  for (std::size_t i = 0; i < facts.people.size(); ++i) {
    const std::string at = "people[" + std::to_string(i) + "].";
    const certificate::Person& one = facts.people[i];
    for (const auto& [name, text] : {std::pair{"name", &one.name},
                                     {"kana", &one.kana},
                                     {"alias", &one.alias},
                                     {"previousAddress", &one.previous_address},
                                     {"relationship", &one.relationship},
                                     {"domicile", &one.domicile},
                                     {"registerHead", &one.register_head},
                                     {"nationality", &one.nationality},
                                     {"status", &one.status},
                                     {"period", &one.period},
                                     {"cardNumber", &one.card_number}})
      MACHI_TRY(check(at + name, *text));
  }
  for (const auto& [name, text] : {std::pair{"address", &facts.address},
                                   {"head", &facts.head},
                                   {"mayor", &facts.mayor},
                                   {"municipality", &facts.municipality}})
    MACHI_TRY(check(name, *text));
  for (std::size_t i = 0; i < facts.addresses.size(); ++i)
    MACHI_TRY(check("addresses[" + std::to_string(i) + "].address", facts.addresses[i].address));
  for (std::size_t i = 0; i < facts.entries.size(); ++i) {
    MACHI_TRY(check("entries[" + std::to_string(i) + "].label", facts.entries[i].label));
    MACHI_TRY(check("entries[" + std::to_string(i) + "].text", facts.entries[i].text));
  }
  if (facts.tax)
    for (std::size_t i = 0; i < facts.tax->lines.size(); ++i)
      MACHI_TRY(check("tax.lines[" + std::to_string(i) + "].label", facts.tax->lines[i].label));
  if (facts.imprint) MACHI_TRY(check("imprint.registration", facts.imprint->registration));
  return {};
}

base::Result<base::Bytes> paper_of(const Facts& facts, const Typeface& face, const Print& print) {
  MACHI_TRY_SET(document, certificate::document_of(facts));
  MACHI_TRY(check_spelling(facts, face));
  if (!print.seals.empty() && print.seals.size() != document.sheets.size())
    return fail(Code::BadInput, "a seal for each sheet");
  std::vector<code::QrSymbol> symbols;
  std::string keywords;
  for (const std::string& seal : print.seals) {
    MACHI_TRY_SET(symbol, code::write_qr(seal, code::QrLevel::M));
    symbols.push_back(std::move(symbol));
    keywords += (keywords.empty() ? "" : ";") + seal;
  }
  base::Bytes out;
  cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(collect, &out, kWidth, kHeight);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_4);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, facts.municipality.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                 (facts.issued.iso() + "T00:00:00+09:00").c_str());
  if (!keywords.empty())
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, keywords.c_str());
  cairo_t* to = cairo_create(surface);
  cairo_pattern_t* tint = background(face);
  Sheet sheet(to, face);
  for (std::size_t i = 0; i < document.sheets.size(); ++i) {
    cairo_set_source(to, tint);
    cairo_rectangle(to, 24, 24, kWidth - 48, kHeight - 48);
    cairo_fill(to);
    sheet.black();
    if (print.seals.empty()) sheet.specimen();
    sheet.centred(kWidth / 2, 60, 20, document.title);
    sheet.to_right(kRight, 76, 8, "交付番号 " + document.number);
    double y = kTop;
    for (const Block& block : document.sheets[i].blocks) y = sheet.table(block, facts, y);
    foot(sheet, facts, document, face);
    if (!symbols.empty()) {
      sheet.symbol(symbols[i], kLeft, kFoot + 50);
      sheet.text(kLeft, kFoot + 50 + kSymbol + 10, 6.5,
                 "この記号を読み取ると、発行した内容が表示されます。用紙の記載と見比べてください。");
    }
    std::string page = std::to_string(i + 1) + " / " + std::to_string(document.sheets.size()) + " 枚";
    sheet.to_right(kRight, kHeight - 30, 8, page);
    if (!print.session.empty()) sheet.text(kLeft, kHeight - 30, 8, "受付 " + print.session);
    cairo_show_page(to);
  }
  cairo_pattern_destroy(tint);
  cairo_destroy(to);
  cairo_surface_finish(surface);
  const auto status = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (status != CAIRO_STATUS_SUCCESS) return fail(Code::Storage, cairo_status_to_string(status));
  return archived(out,
                  {document.title, facts.municipality, keywords, facts.issued.iso() + "T00:00:00+09:00"});
}

}  // namespace machi::clerk
