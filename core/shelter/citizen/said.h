// What a family says to the shelter office by its phone - "we are here", "we are safe" - is sent, kept and
// shown in one way: the word itself in the outbox, what was said last beside it, and where it stands. What
// has not left the phone is never called arrived. Functions over what the app lends; one thread.
#pragma once

#include <set>

#include "core/shelter/citizen/context.h"

namespace machi::shelter {

// The last one of its kind, as it was kept; keys 2 and 3 of the content are the moment and the message.
struct LastSaid {
  Instant at;
  base::MessageId message;
  code::Cbor content;
  std::int64_t number(std::int64_t key, std::int64_t otherwise) const {
    const auto read = content.integer_at(key);
    return read.ok() ? *read : otherwise;
  }
};
std::optional<LastSaid> last_said(const PhoneContext& context, std::string_view row);
// Within the caller's transaction: sends, and keeps `about` beside it.
Status say(const PhoneContext& context, std::string_view row, std::string_view kind, code::Cbor word,
           code::CborMap about);
// What follows: on to the screen that says how it stands, or back to the form with why not.
Step after_saying(const Status& written, const char* said, std::string& trouble);

// Members of the household who are not among those ticked.
std::set<int> not_ticked(const PhoneContext& context, const screen::Action& action);

// --- screens
screen::Screen phone_frame(const PhoneContext& context, const std::string& name, const std::string& title);
std::string_view outcome_key(Sent state);
screen::Node outcome(const PhoneContext& context, Sent state);
// The overview's row of what was said last, for a week; `title` heads it.
screen::Nodes said_row(const PhoneContext& context, const std::optional<LastSaid>& last, std::string id,
                       std::string title, std::string name, screen::Icon icon);

}  // namespace machi::shelter
