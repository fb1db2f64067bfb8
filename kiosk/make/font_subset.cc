// kiosk_font WORDS-FOLDER FONT FACE OUT: the letters that the kiosk's screens are written with, in every
// language, taken out of a font, so that a page in a browser can load it. Native, at build time. HarfBuzz.
#include <hb-subset.h>
#include <hb.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>

#include "core/base/text.h"
#include "core/words/words.h"

namespace {

// Written by the program itself: numbers, dates, kana, the practice's name and town, marks of rules and
// fields.
constexpr std::string_view kAlways =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    "ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴ"
    "ふぶぷへべぺ"
    "ほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセ"
    "ゼソゾタダチヂッ"
    "ツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶー"
    "・、。「」『』（）"
    "〜…―─×○●◯□■△▲▽▼→←↑↓✓¥￥％：；？！０１２３４５６７８９　"
    "明治大正昭和平成令元年月日時分秒円枚部通件人回番号第番地練習町役場長花子太郎";

bool is_kiosks(const std::string& key) {
  for (const char* prefix : {"kiosk.", "button.", "date.", "time.", "number.", "language."})
    if (key.starts_with(prefix)) return true;
  return false;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// HarfBuzz's own, given back at the end of a block.
template <class Thing, void (*give_back)(Thing*)>
struct GiveBack {
  void operator()(Thing* thing) const { give_back(thing); }
};
template <class Thing, void (*give_back)(Thing*)>
using Held = std::unique_ptr<Thing, GiveBack<Thing, give_back>>;
using Blob = Held<hb_blob_t, hb_blob_destroy>;
using Face = Held<hb_face_t, hb_face_destroy>;
using Input = Held<hb_subset_input_t, hb_subset_input_destroy>;

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) return std::fprintf(stderr, "usage: kiosk_font WORDS-FOLDER FONT FACE OUT\n"), 2;
  std::set<char32_t> letters;
  const auto take = [&](std::string_view text) {
    for (const char32_t c : machi::base::to_code_points(text)) letters.insert(c);
  };
  take(kAlways);
  for (const auto& one : std::filesystem::directory_iterator(arguments[1])) {
    if (one.path().extension() != ".mo") continue;
    const std::string bytes = read(one.path());
    const auto catalogue = machi::words::Catalogue::load(machi::base::view(bytes));
    if (!catalogue) return std::fprintf(stderr, "%s is no catalogue\n", one.path().c_str()), 1;
    for (const std::string& key : (*catalogue)->keys()) {
      if (!is_kiosks(key)) continue;
      for (int form = 0; form < (*catalogue)->forms_of(key); ++form)
        if (const auto text = (*catalogue)->find(key, form)) take(*text);
    }
  }
  const Blob blob(hb_blob_create_from_file(arguments[2]));
  const Face face(hb_face_create(blob.get(), static_cast<unsigned>(std::atoi(arguments[3]))));
  const Input input(hb_subset_input_create_or_fail());
  if (input == nullptr || hb_face_get_glyph_count(face.get()) == 0)
    return std::fprintf(stderr, "%s is no font\n", arguments[2]), 1;
  for (const char32_t c : letters) hb_set_add(hb_subset_input_unicode_set(input.get()), c);
  // Letters are placed one by one: no hints, no tables of pairs and forms.
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_set_clear(hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
  const Face small(hb_subset_or_fail(face.get(), input.get()));
  if (small == nullptr) return std::fprintf(stderr, "the font cannot be cut\n"), 1;
  const Blob out(hb_face_reference_blob(small.get()));
  unsigned size = 0;
  const char* start = hb_blob_get_data(out.get(), &size);
  std::ofstream file(arguments[4], std::ios::binary);
  file.write(start, static_cast<std::streamsize>(size));
  file.close();
  if (!file) return std::fprintf(stderr, "%s cannot be written\n", arguments[4]), 1;
  std::printf("%zu letters, %u bytes\n", letters.size(), size);
  return 0;
}
