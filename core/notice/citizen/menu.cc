// Tiles as rows.
#include "core/notice/citizen/menu.h"

#include <algorithm>

namespace machi::notice {

using screen::Icon;

namespace {

Icon icon_of(std::string_view name) {
  constexpr std::pair<std::string_view, Icon> kIcons[] = {
      {"mail", Icon::Mail},           {"calendar", Icon::Calendar}, {"warning", Icon::Warning},
      {"help", Icon::Help},           {"person", Icon::Person},     {"people", Icon::People},
      {"school", Icon::School},       {"home", Icon::Home},         {"search", Icon::Search},
      {"telephone", Icon::Telephone}, {"settings", Icon::Settings}};
  for (const auto& [known, icon] : kIcons)
    if (known == name) return icon;
  return Icon::None;
}

const MenuTile::Name& name_of(const MenuTile& tile, std::string_view language) {
  const auto find = [&](std::string_view tag) -> const MenuTile::Name* {
    for (const MenuTile::Name& one : tile.names)
      if (one.language == tag) return &one;
    return nullptr;
  };
  if (const auto* own = find(language)) return *own;
  if (!language.starts_with("ja"))
    if (const auto* english = find("en")) return *english;
  return tile.names[0];
}

}  // namespace

std::vector<MenuTile> menu_of(const PhoneContext& context) {
  std::vector<MenuTile> out;
  const auto booklet = context.book.booklet(kMenuBooklet);
  if (!booklet.ok() || !*booklet) return out;
  const auto bytes = context.book.blob((*booklet)->hash);
  if (!bytes.ok() || !*bytes) return out;
  auto tiles = decode_menu(**bytes);
  if (!tiles.ok()) return out;
  const Profile profile = context.profile.profile(context.today());
  const Matcher matcher(profile, context.today());
  for (MenuTile& one : *tiles) {
    if (out.size() >= kMenuTiles) break;
    const auto segment = parse_segment(one.segment);
    if (segment.ok() && matcher.match(*segment) == Truth::Yes) out.push_back(std::move(one));
  }
  return out;
}

std::optional<screen::Node> menu_node(const PhoneContext& context, const std::vector<MenuTile>& tiles) {
  if (tiles.empty()) return std::nullopt;
  screen::Nodes rows;
  for (const MenuTile& one : tiles) {
    const MenuTile::Name& name = name_of(one, context.words.language());
    screen::Node row = screen::row_button("tile." + one.id, name.text);
    row.icon = icon_of(one.icon);
    rows.push_back(std::move(row));
  }
  screen::Node out = screen::list("menu", context.words("notice.menu"), std::move(rows));
  out.kind = screen::Kind::Cards;
  return out;
}

}  // namespace machi::notice
