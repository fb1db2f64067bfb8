// The frame that all pages of such an app have in common.
#include "core/pages/page_set.h"

namespace machi::pages {

screen::Screen frame(const Context& context, const Route& route, const std::string& title) {
  screen::Screen out;
  out.name = route.subject.empty() ? route.name : route.name + "/" + route.subject;
  out.title = words::plain(title);
  out.language = context.words.language();
  out.bar.push_back(
      screen::button("back", context.words("button.back"), screen::Importance::Tertiary, screen::Icon::Back));
  out.main.push_back(screen::heading("title", title));
  return out;
}

}  // namespace machi::pages
