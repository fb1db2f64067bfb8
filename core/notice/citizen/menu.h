// The menu: at most six tiles, defined by the town's data (feed/booklet.h) and chosen on this phone. A target
// is "ask", "ask:QUESTION", "garbage", "search", "important", "theme:THEME", "profile", "settings",
// "app:home" or "app:history". Pure but for what it reads of the book.
#pragma once

#include "core/notice/citizen/context.h"

namespace machi::notice {

inline constexpr std::size_t kMenuTiles = 6;

// Those that concern this phone's owner for certain, in the town's order.
std::vector<MenuTile> menu_of(const PhoneContext& context);
// A list of rows of Kind::Cards, or nothing when the town has none.
std::optional<screen::Node> menu_node(const PhoneContext& context, const std::vector<MenuTile>& tiles);

}  // namespace machi::notice
