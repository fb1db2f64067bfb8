// Booklets as CBOR. Pure.
#include "core/notice/feed/booklet.h"

#include <algorithm>
#include <set>

#include "core/code/content.h"
#include "core/notice/segment/segment.h"

namespace machi::notice {

using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;
namespace content = code::content;

namespace {

constexpr std::size_t kNameSigns = 40;
constexpr std::size_t kTargetSigns = 500;
constexpr std::size_t kNames = 24;

bool known_target(std::string_view target) {
  constexpr std::string_view kPlain[] = {"ask",     "garbage",  "search",   "important",
                                         "profile", "settings", "app:home", "app:history"};
  if (std::find(std::begin(kPlain), std::end(kPlain), target) != std::end(kPlain)) return true;
  for (const std::string_view begin : {"ask:", "theme:"})
    if (target.size() > begin.size() && target.starts_with(begin)) return true;
  return false;
}

Result<MenuTile> tile(const Cbor& map) {
  MenuTile out;
  MACHI_TRY_SET(id, content::text_at(map, 1, kNameSigns));
  MACHI_TRY_SET(
      names, content::list_at<MenuTile::Name>(map, 2, kNames, [](const Cbor& one) -> Result<MenuTile::Name> {
        MACHI_TRY_SET(language, content::text_at(one, 1, 35));
        MACHI_TRY_SET(text, content::text_at(one, 2, kNameSigns));
        if (language.empty() || text.empty()) return fail(Code::BadInput, "tile's name");
        return MenuTile::Name{language, text};
      }));
  MACHI_TRY_SET(target, content::text_at(map, 3, kTargetSigns));
  if (id.empty() || names.empty()) return fail(Code::BadInput, "a tile without a name");
  if (!known_target(target)) return fail(Code::BadInput, "tile's target");
  out.id = id;
  out.names = std::move(names);
  out.target = target;
  if (map.find(4)) {
    MACHI_TRY_SET(icon, content::text_at(map, 4, kNameSigns));
    out.icon = icon;
  }
  if (map.find(5)) {
    MACHI_TRY_SET(segment, content::text_at(map, 5, kSegmentSigns));
    if (const auto read = parse_segment(segment); !read.ok()) return read.error();
    out.segment = segment;
  }
  return out;
}

}  // namespace

Cbor encode_booklet(const Booklet& booklet) {
  return Cbor::map({{1, booklet.name}, {2, booklet.hash}, {3, booklet.size}});
}

Result<Booklet> decode_booklet(const Cbor& map) {
  MACHI_TRY_SET(name, content::text_at(map, 1, kNameSigns));
  MACHI_TRY_SET(hash, map.fixed_at<32>(2));
  MACHI_TRY_SET(size, map.integer_at(3));
  if (name.empty() || name == "office" || size < 0) return fail(Code::BadInput, "booklet");
  if (static_cast<std::uint64_t>(size) > kAttachmentLimit) return fail(Code::TooLarge, "booklet");
  return Booklet{name, hash, static_cast<std::uint64_t>(size)};
}

Bytes encode_menu(const std::vector<MenuTile>& tiles) {
  CborArray list;
  for (const MenuTile& one : tiles) {
    CborArray names;
    for (const MenuTile::Name& name : one.names)
      names.push_back(Cbor::map({{1, name.language}, {2, name.text}}));
    CborMap map{{1, one.id}, {2, std::move(names)}, {3, one.target}};
    if (!one.icon.empty()) map.emplace_back(4, one.icon);
    if (!one.segment.empty()) map.emplace_back(5, one.segment);
    list.emplace_back(std::move(map));
  }
  return code::encode(Cbor::map({{1, std::move(list)}}));
}

Result<std::vector<MenuTile>> decode_menu(ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(tiles, content::list_at<MenuTile>(map, 1, kTiles, tile));
  std::set<std::string> ids;
  for (const MenuTile& one : tiles)
    if (!ids.insert(one.id).second) return fail(Code::BadInput, "a tile's id twice");
  return tiles;
}

}  // namespace machi::notice
