// What LINE shows: a flex message, and the rich menu.
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "platform/channels/line/line_channel.h"

namespace machi::channels {

using nlohmann::json;

std::string line_flex(const std::string& sentence, const std::string& button, const std::string& url) {
  const json bubble = {
      {"type", "bubble"},
      {"body",
       {{"type", "box"},
        {"layout", "vertical"},
        {"contents", json::array({{{"type", "text"}, {"text", sentence}, {"wrap", true}, {"size", "lg"}}})}}},
      {"footer",
       {{"type", "box"},
        {"layout", "vertical"},
        {"contents", json::array({{{"type", "button"},
                                   {"style", "primary"},
                                   {"action", {{"type", "uri"}, {"label", button}, {"uri", url}}}}})}}}};
  return json({{"type", "flex"}, {"altText", sentence}, {"contents", bubble}}).dump();
}

base::Result<std::string> line_menu(const std::string& name, const std::string& bar,
                                    const std::vector<std::string>& tiles) {
  constexpr int kWidth = 2500, kHeight = 1686, kColumns = 3;
  if (tiles.empty() || tiles.size() > 6) return base::fail(base::Code::BadInput, "one to six tiles");
  if (base::count_code_points(bar) > 14) return base::fail(base::Code::TooLarge, "the bar's text: 14 signs");
  json areas = json::array();
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    const std::size_t line = tiles[i].find('|');
    if (line == std::string::npos || line == 0)
      return base::fail(base::Code::BadInput, "a tile is LABEL|WHERE");
    const std::string label = tiles[i].substr(0, line), where = tiles[i].substr(line + 1);
    if (base::count_code_points(label) > 20)
      return base::fail(base::Code::TooLarge, "a tile's label: 20 signs");
    json action;
    if (where.starts_with("https://") || where.starts_with("tel:"))
      action = {{"type", "uri"}, {"label", label}, {"uri", where}};
    else if (where.starts_with("topic="))
      action = {{"type", "postback"}, {"label", label}, {"data", where}};
    else
      return base::fail(base::Code::BadInput, "a tile leads to https:, tel: or topic=");
    const int column = static_cast<int>(i) % kColumns, row = static_cast<int>(i) / kColumns;
    const int left = column * kWidth / kColumns, right = (column + 1) * kWidth / kColumns;
    areas.push_back(
        {{"bounds",
          {{"x", left}, {"y", row * kHeight / 2}, {"width", right - left}, {"height", kHeight / 2}}},
         {"action", action}});
  }
  return json({{"size", {{"width", kWidth}, {"height", kHeight}}},
               {"selected", true},
               {"name", name},
               {"chatBarText", bar},
               {"areas", areas}})
      .dump();
}

}  // namespace machi::channels
