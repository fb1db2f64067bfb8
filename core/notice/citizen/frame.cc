// The frame of the screens of notices: at the top the town's name comes from the app, elsewhere the way back.
#include "core/notice/citizen/context.h"

namespace machi::notice {

screen::Screen phone_frame(const PhoneContext& context, std::string name, const std::string& title) {
  const auto& words = context.words;
  screen::Screen out;
  out.title = words::plain(title);
  out.language = words.language();
  if (name != kTimeline)
    out.bar.push_back(
        screen::button("back", words("button.back"), screen::Importance::Tertiary, screen::Icon::Back));
  out.name = std::move(name);
  out.main.push_back(screen::heading("title", title));
  return out;
}

}  // namespace machi::notice
