// What a person may have, one benefit whole, what changes by itself, and the guide over everything that the
// pack knows. Owned by the pages; one thread.
#pragma once

#include "core/support/citizen/shown.h"

namespace machi::support {

class Benefits {
 public:
  void open() { speaking_ = false; }
  screen::Screen mine(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  std::optional<screen::Screen> one(const pages::Context& context, const Shown& shown,
                                    const pages::Route& route) const;
  screen::Screen coming(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  screen::Screen guide(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  pages::Step act(const pages::Context& context, const Shown& shown, const pages::Route& route,
                  const screen::Action& action);

  // Reminders and changes of the next two months, for the overview: how many.
  static int soon(const pages::Context& context, const Shown& shown);

 private:
  bool speaking_ = false;
  std::string words_;         // looked for in the guide
  std::string kind_ = "all";  // of the guide
};

// What is asked of a calendar (RFC 5545): one day, without a person's name.
std::string calendar_day(const std::string& uid, const std::string& title, base::Date on, base::Instant now);

}  // namespace machi::support
