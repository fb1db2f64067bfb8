// Notifications while the app is closed: topics chosen visibly, what the town then knows said beside them,
// and the way to them - the town's key, the browser's subscription, the town's answer - one call after the
// other. The only thing of the notices' app that is ever posted, and it is made of what stands on this
// screen; a phone's answers about its owner are not within its reach. Owned by the app; one thread.
#pragma once

#include "core/notice/channel/topics.h"
#include "core/notice/citizen/context.h"

namespace machi::notice {

inline constexpr const char* kPush = "notices.push";

// What the host is asked. "push:" is the browser itself: body = {"key", "title", "words"}, answered with the
// subscription as JSON (200), or by 403 (the person or the phone refuses), 501 (not possible here), 0. An
// empty key ends the subscription. Other paths are those of the town's channels.
struct PushCall {
  std::int64_t id = 0;
  std::string path;
  std::string body;  // "" is a GET
};

class PushScreen {
 public:
  void open(const PhoneContext& context);
  screen::Screen view(const PhoneContext& context) const;
  PhoneStep act(const PhoneContext& context, const screen::Action& action);
  std::vector<PushCall> take_calls() { return std::exchange(calls_, {}); }
  // False: none of its calls.
  bool answer(const PhoneContext& context, std::int64_t id, int status, ByteView body);

 private:
  enum class Stage { Idle, Key, Browser, Town, Ending };
  void call(std::string path, std::string body);
  void failed(const char* key);
  std::string words_of(const PhoneContext& context, const std::string& key) const;

  Stage stage_ = Stage::Idle;
  Topics wanted_;
  std::vector<std::string> chosen_;
  std::string district_, error_;
  std::string subscription_;
  std::vector<PushCall> calls_;
  std::int64_t last_ = std::int64_t{1} << 40;  // the follower's calls count from one
};

}  // namespace machi::notice
