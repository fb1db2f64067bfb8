// A certificate as the paper it is printed on: A4, the national form's order, a background against copying,
// the mayor's seal, page x of n, and on each sheet the symbol with its seal. The same facts, seals and font
// give the same bytes. One thread.
#pragma once

#include <span>
#include <string>

#include "core/certificate/document.h"
#include "platform/clerk/typeface.h"

namespace machi::clerk {

// Every text that will stand on the paper, asked of the font before anything is drawn. Unsupported names the
// member ("people[1].name: sign 2 ..."): the way out is the counter, where it is written by hand.
base::Status check_spelling(const certificate::Facts& facts, const Typeface& face);

struct Print {
  std::span<const std::string> seals;  // texts of the symbols, one a sheet; none = a specimen, marked 見本
  std::string session;                 // of the kiosk, into the footer; may be ""
};
// PDF/A-1b with the font's used glyphs inside; its text can be copied out, and its keywords are the seals.
// What check_spelling says; BadInput when there are other numbers of seals and sheets.
base::Result<base::Bytes> paper_of(const certificate::Facts& facts, const Typeface& face, const Print& print);

}  // namespace machi::clerk
