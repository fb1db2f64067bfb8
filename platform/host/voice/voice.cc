// A sound that was made for an earlier turn is thrown away.
#include "platform/host/voice/voice.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::host {

std::deque<std::string> sentences_of(const std::string& text, std::size_t most) {
  std::deque<std::string> out;
  std::string one;
  const auto end = [&] {
    const auto start = one.find_first_not_of(' ');
    if (start != std::string::npos) out.push_back(one.substr(start));
    one.clear();
  };
  for (const char32_t c : base::to_code_points(text)) {
    if (c == U'\n') {
      end();
      continue;
    }
    const std::string letter = base::from_code_points(std::u32string(1, c));
    if (one.size() + letter.size() > most) end();
    one += letter;
    if (c == U'。' || c == U'！' || c == U'？' || c == U'.' || c == U'!' || c == U'?' || c == U'।') end();
  }
  end();
  return out;
}

Voice::Voice(Speech& speech, Speaker& speaker)
    : speech_(speech), speaker_(speaker), thread_([this] { work(); }) {}

Voice::~Voice() {
  {
    const std::lock_guard hold(mutex_);
    ends_ = true;
    sentences_.clear();
    ++turn_;
  }
  speech_.stop();
  more_.notify_all();
  thread_.join();
  speaker_.hush();
}

void Voice::begin(const std::string& text, const std::string& language) {
  {
    const std::lock_guard hold(mutex_);
    ++turn_;
    sentences_ = sentences_of(text);
    language_ = language;
    last_ = text;
    speaker_.hush();
    speech_.stop();  // held: what is made from now on is the new
  }
  more_.notify_all();
}

void Voice::say(const std::string& text, const std::string& language) { begin(text, language); }

void Voice::repeat() {
  std::string text;
  std::string language;
  {
    const std::lock_guard hold(mutex_);
    text = last_;
    language = language_;
  }
  begin(text, language);
}

void Voice::forget() { begin({}, {}); }

void Voice::volume(float to) {
  const std::lock_guard hold(mutex_);
  volume_ = std::clamp(to, 0.0F, 1.0F);
}
void Voice::speed(float to) {
  const std::lock_guard hold(mutex_);
  speed_ = std::clamp(to, 0.5F, 2.0F);
}
float Voice::volume() const {
  const std::lock_guard hold(mutex_);
  return volume_;
}
float Voice::speed() const {
  const std::lock_guard hold(mutex_);
  return speed_;
}

void Voice::settle() {
  std::unique_lock hold(mutex_);
  idle_.wait(hold, [this] { return sentences_.empty() && !busy_; });
}

void Voice::work() {
  std::unique_lock hold(mutex_);
  for (;;) {
    more_.wait(hold, [this] { return ends_ || !sentences_.empty(); });
    if (ends_) return;
    const std::uint64_t turn = turn_;
    const Utterance said{std::move(sentences_.front()), language_, speed_};
    sentences_.pop_front();
    busy_ = true;
    hold.unlock();
    auto sound = speech_.make(said);
    hold.lock();
    busy_ = false;
    // Held: nobody can hush between the question and the play.
    if (turn == turn_ && sound.ok()) speaker_.play(*sound, volume_);
    if (sentences_.empty()) idle_.notify_all();
  }
}

}  // namespace machi::host
