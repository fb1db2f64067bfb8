// A booklet: what a town hands to every phone beside its notices - the chatbot's answers, the menu's tiles.
// The signed item names the file by its hash; of one name the newest item is in force (FEED.md). Values; any
// thread; pure.
#pragma once

#include "core/notice/feed/notice.h"

namespace machi::notice {

inline constexpr std::string_view kBookletType = "booklet";  // of the feed's items
inline constexpr std::string_view kAnswersBooklet = "answers";
inline constexpr std::string_view kMenuBooklet = "menu";

struct Booklet {
  std::string name;
  Hash hash{};
  std::uint64_t size = 0;
};
code::Cbor encode_booklet(const Booklet& booklet);
Result<Booklet> decode_booklet(const code::Cbor& content);

// A tile of the menu: at most six of those that concern a phone's owner are shown, in their order.
struct MenuTile {
  struct Name {
    std::string language, text;
    bool operator==(const Name&) const = default;
  };
  std::string id;           // "garbage"
  std::vector<Name> names;  // the first is the original
  std::string icon;         // "mail", "calendar", ... as screen::Icon's names; "" none
  std::string target;       // see core/notice/citizen/menu.h
  std::string segment;      // "": everyone; else shown to whom it certainly concerns
  bool operator==(const MenuTile&) const = default;
};
inline constexpr std::size_t kTiles = 40;
Bytes encode_menu(const std::vector<MenuTile>& tiles);
// BadInput for a segment that cannot be read, a target that no program knows, an id twice.
Result<std::vector<MenuTile>> decode_menu(ByteView bytes);

}  // namespace machi::notice
