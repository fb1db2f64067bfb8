// The slip's picture and its page. The sheet follows the design: steps on the left, symbol and
// code on the right, black on white, 8 pt at least, the cut line outside of the text.
#include "platform/machi/slip_paper.h"

#include <array>
#include <cstring>

#include "core/words/words.h"
#include "platform/machi/symbol_picture.h"

namespace machi::sample {
namespace {

using base::Code;
using base::fail;
using base::Result;

std::string escaped(std::string_view text) {
  std::string out;
  for (char sign : text) {
    switch (sign) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += sign;
    }
  }
  return out;
}

constexpr std::string_view kStyle = R"css(
@page { size: 148mm 105mm; margin: 0 }
body { margin: 0; font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", sans-serif; color: #000; background: #fff; line-height: 1.5 }
main { box-sizing: border-box; width: 148mm; height: 105mm; padding: 8mm 7mm; display: grid; grid-template-columns: 1fr 57mm; column-gap: 5mm; outline: 1px dashed #888; outline-offset: -1px }
h1 { font-size: 17pt; line-height: 1.3; margin: 1mm 0 3mm } p { margin: 0 } .office { font-size: 11pt }
ol { margin: 0; padding: 0; list-style: none; counter-reset: step } li { position: relative; padding-left: 10mm; font-size: 12.5pt; margin-bottom: 3mm; counter-increment: step }
li::before { content: counter(step); position: absolute; left: 0; top: 0.5mm; width: 6.5mm; height: 6.5mm; border: 0.4mm solid #000; border-radius: 50%; text-align: center; font-weight: 700; line-height: 6.5mm }
.care { border: 0.4mm solid #000; border-radius: 1.5mm; padding: 2mm 3mm; font-size: 10.5pt; margin-top: 3mm }
.code { text-align: center } .code svg { width: 57mm; height: 57mm; display: block } .number { font-size: 13pt; font-weight: 700; white-space: nowrap; font-variant-numeric: tabular-nums } .small { font-size: 9.5pt }
)css";

constexpr std::string_view kKeyStyle = R"css(
@page { size: A4; margin: 20mm } body { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", sans-serif; color: #000; background: #fff; line-height: 1.7; font-size: 13pt }
h1 { font-size: 24pt; margin: 2mm 0 6mm } svg { width: 70mm; height: 70mm; display: block; margin: 6mm 0 }
.signs { font: 700 15pt/1.6 monospace } .care { border: 0.4mm solid #000; border-radius: 1.5mm; padding: 4mm 5mm; margin-top: 8mm }
)css";

}  // namespace

Result<base::Bytes> slip_png(const std::string& link, int scale) {
  MACHI_TRY_SET(symbol, code::write_qr(link, code::QrLevel::M));
  return symbol_png(symbol, scale);
}

Result<std::string> slip_page(const SlipPaper& paper) {
  MACHI_TRY_SET(symbol, code::write_qr(paper.link, code::QrLevel::M));
  const words::Words words;
  return "<!doctype html>\n<html lang=\"ja\"><meta charset=\"utf-8\"><title>登録用紙</title><style>" +
         std::string(kStyle) + "</style>\n<main><div><p class=\"office\">" + escaped(paper.school) +
         "　保護者の登録用紙</p>\n<h1>" + escaped(paper.child) +
         "さん</h1>\n<ol><li><b>スマホのカメラ</b>で、<br>コードを読みます。</"
         "li><li>「登録する」を押します。</li>"
         "<li>スマホから、<br>欠席を連絡できます。</li></ol>\n<div class=\"care\"><p><b>" +
         escaped(words::plain(words.date(paper.until))) +
         "まで・4台まで</b></p><p>ほかの人に渡さないでください。</p><p>なくしたら学校へ " +
         escaped(paper.telephone) + "</p></div></div>\n<div class=\"code\">" +
         symbol_svg(symbol, "登録のコード") + "<p class=\"number\">" + escaped(paper.code) +
         "</p><p class=\"small\">読めないときは、この番号を入れます</p></div></main></html>\n";
}

Result<std::string> key_page(const KeyPaper& paper) {
  MACHI_TRY_SET(symbol, code::write_qr(paper.link, code::QrLevel::M));
  return "<!doctype html>\n<html lang=\"ja\"><meta charset=\"utf-8\"><title>学校の鍵</title><style>" +
         std::string(kKeyStyle) + "</style>\n<main><p>" + escaped(paper.office) +
         "</p>\n<h1>学校の鍵（紙）</h1>\n<p>端末がすべて使えなくなったとき、新しい端末を入れる鍵です。</"
         "p>\n" +
         symbol_svg(symbol, "学校の鍵") + "<p class=\"signs\">" + escaped(paper.signs) +
         "</p>\n<ol><li>新しい端末で " + escaped(paper.desk) +
         " を開きます。</li><li>「学校の鍵（紙）で入る」を押します。</li>"
         "<li>コードを読むか、上の文字を入れます。</li></ol>\n"
         "<p class=\"care\">この紙があれば、だれでも学校の端末を増やせます。"
         "封筒に入れて、校長室と教育委員会の金庫に1枚ずつしまってください。写真に撮らないでください。</p></"
         "main></html>\n";
}

}  // namespace machi::sample
