// Texts that are handed out lie in one place each until the next call.
#include "kiosk/web/practice.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>

#include "core/screen/json.h"

namespace machi::kiosk {
namespace {

struct Said {
  std::string text, language;
};
struct State {
  std::optional<crypto::Drbg> entropy;
  std::unique_ptr<TrialHost> host;
  std::string view, played, speech, wanted, word;
  std::map<std::string, words::Words> words;  // of the languages that were chosen
  std::optional<Said> said;
};
State& state() {
  static State one;
  return one;
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string_view name_of(certificate::kiosk::Cause cause) {
  return cause == certificate::kiosk::Cause::None
             ? std::string_view()
             : certificate::kiosk::name_of(certificate::kiosk::trouble_of(cause));
}

std::string_view name_of(TrialHost::Played::Manner manner) {
  switch (manner) {
    case TrialHost::Played::Manner::Approve:
      return "approve";
    case TrialHost::Played::Manner::Decline:
      return "decline";
    case TrialHost::Played::Manner::Wait:
      return "wait";
  }
  return "";
}

}  // namespace

TrialHost* practice() { return state().host.get(); }

std::string practice_word(std::string_view key) {
  const auto found = state().words.find(practice()->app().view().language);
  return found == state().words.end() ? words::Words()(key) : found->second(key);
}

}  // namespace machi::kiosk

using machi::kiosk::practice;
using machi::kiosk::state;

int kiosk_open(const char* place, std::uint8_t* seed) {
  if (!machi::crypto::ready()) return 1;
  machi::base::Array<32> bytes;
  std::copy(seed, seed + bytes.size(), bytes.begin());
  std::fill(seed, seed + bytes.size(), std::uint8_t{0});
  state().entropy.emplace(machi::crypto::Secret<32>(bytes));
  machi::kiosk::TrialHost::Plan plan;
  plan.place = place;
  plan.now_ms = machi::kiosk::now_ms;
  plan.catalogue = [](const std::string& language) -> std::optional<machi::base::Bytes> {
    state().wanted = language;
    return std::nullopt;
  };
  plan.entropy = &*state().entropy;
  state().host = std::make_unique<machi::kiosk::TrialHost>(std::move(plan));
  practice()->on_speak([](const std::string& text, const std::string& language) {
    state().said = machi::kiosk::Said{text, language};
  });
  return 0;
}

int kiosk_act(const char* action) {
  auto read = machi::screen::action_from_json(action);
  if (!read) return 1;
  practice()->act(*read);
  return 0;
}

int kiosk_turn() { return practice()->turn() ? 1 : 0; }
int kiosk_wait() { return practice()->wait_ms(); }

const char* kiosk_view() {
  state().view = machi::screen::to_json(practice()->app().view());
  return state().view.c_str();
}

int kiosk_manner() {
  const auto& manner = practice()->app().manner();
  return (manner.large ? 1 : 0) | (manner.low ? 2 : 0) | (manner.contrast ? 4 : 0) | (manner.voice ? 8 : 0) |
         (practice()->app().blank() ? 16 : 0);
}

int kiosk_command(const char* line) { return practice()->command(line) ? 0 : 1; }

const char* kiosk_played() {
  const auto& played = practice()->played();
  std::string& out = state().played;
  out = std::string("{\"card\":") + (played.card ? "true" : "false") +
        ",\"network\":" + (played.network ? "true" : "false") + ",\"fault\":";
  machi::screen::write_word(out, machi::kiosk::name_of(played.fault));
  out += ",\"sheets\":";
  machi::screen::write_integer(out, played.sheets);
  out += ",\"terminal\":";
  machi::screen::write_word(out, machi::kiosk::name_of(played.terminal));
  out += "}";
  return out.c_str();
}

const char* kiosk_speech() {
  if (!state().said) return nullptr;
  const auto said = *std::exchange(state().said, std::nullopt);
  std::string& out = state().speech;
  out = "{\"text\":";
  machi::screen::write_text(out, said.text);
  out += ",\"language\":";
  machi::screen::write_text(out, said.language);
  out += "}";
  return out.c_str();
}

const char* kiosk_wanted() {
  static std::string given;
  given = std::exchange(state().wanted, std::string());
  return given.empty() ? nullptr : given.c_str();
}

const char* kiosk_word(const char* key) {
  state().word = machi::kiosk::practice_word(key);
  return state().word.c_str();
}

void kiosk_words(const char* language, const std::uint8_t* bytes, int size) {
  if (const auto loaded = machi::words::Catalogue::load({bytes, static_cast<std::size_t>(size)}))
    state().words.insert_or_assign(language, machi::words::Words(*loaded));
  practice()->words_loaded(language, machi::base::Bytes(bytes, bytes + size));
}
