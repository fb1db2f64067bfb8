// What the screens of notices stand on, and what a step of theirs asks of the app. The app owns all of it and
// makes a context for each call. One thread.
#pragma once

#include "core/notice/citizen/follower.h"
#include "core/notice/citizen/profile_book.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::notice {

inline constexpr const char* kTimeline = "notices";
inline constexpr const char* kOne = "notices.one";          // subject: serial
inline constexpr const char* kProfile = "notices.profile";  // what is known of this person
inline constexpr const char* kAsk = "notices.ask";          // subject: question
inline constexpr const char* kSettings = "notices.settings";
inline constexpr const char* kChat = "notices.chat";      // asking the town
inline constexpr const char* kAnswer = "notices.answer";  // subject: an entry's id
inline constexpr const char* kGarbage = "notices.garbage";

struct PhoneContext {
  store::Database& database;
  NoticeBook& book;
  ProfileBook& profile;
  const Follower& follower;
  const std::vector<NoticeEntry>& all;  // what concerns this phone, newest first
  const words::Words& words;
  Instant now;
  bool online = true;
  bool channels = false;  // the town has channels: notifications can be had

  base::Date today() const { return base::date_of(now); }
  const NoticeEntry* find(std::string_view serial) const {
    for (const NoticeEntry& one : all)
      if (std::to_string(one.serial) == serial) return &one;
    return nullptr;
  }
};

struct SavedFile {
  std::string name, media_type;
  Bytes bytes;
};

struct PhoneStep {
  enum class Move { Stay, Push, Replace, Back };
  Move move = Move::Stay;
  std::string name, subject;
  bool sync = false;               // look for news now
  bool changed = false;            // what concerns whom, or what was read, is another by now
  std::optional<Hash> fetch = {};  // an attachment that is wanted now
  std::string app;                 // a place of the app beside this one
  std::optional<SavedFile> save = {};
  std::optional<std::pair<std::string, std::string>> share = {};  // title, text
  std::optional<std::pair<std::string, std::string>> speak = {};  // text, language
  std::string_view use = {};  // what is counted (core/notice/channel/uses.h)
};
inline PhoneStep go_to(std::string name, std::string subject = {}) {
  PhoneStep out;
  out.move = PhoneStep::Move::Push;
  out.name = std::move(name);
  out.subject = std::move(subject);
  return out;
}

// The words of a notice that this reader understands best: their language, plain Japanese for easy Japanese,
// English before the original for everybody else.
const NoticeText& text_for(const NoticeBody& body, std::string_view language);
std::string theme_name(const words::Words& words, const std::string& theme);
screen::Screen phone_frame(const PhoneContext& context, std::string name, const std::string& title);

}  // namespace machi::notice
