// What a kiosk says aloud: the newest thing only. What was being said ends when something new is to be said;
// a long text goes out sentence by sentence, so that the first is heard soon. A thread of its own makes and
// plays; every function here returns at once, from any thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "platform/host/voice/speech.h"

namespace machi::host {

// Port: where sound comes out.
class Speaker {
 public:
  virtual ~Speaker() = default;
  // After what plays. volume: 0 to 1.
  virtual void play(const Sound& sound, float volume) = 0;
  virtual void hush() = 0;  // at once
};

class Voice {
 public:
  Voice(Speech& speech, Speaker& speaker);
  ~Voice();
  Voice(const Voice&) = delete;
  Voice& operator=(const Voice&) = delete;

  // Empty: silence.
  void say(const std::string& text, const std::string& language);
  void repeat();          // what was said last
  void volume(float to);  // 0 to 1, of what is said next
  void speed(float to);   // 0.5 to 2
  float volume() const;
  float speed() const;
  void forget();  // silence, and nothing is left to repeat
  // Waits until all is made; for tests.
  void settle();

 private:
  void work();
  void begin(const std::string& text, const std::string& language);

  Speech& speech_;
  Speaker& speaker_;
  mutable std::mutex mutex_;
  std::condition_variable more_, idle_;
  std::deque<std::string> sentences_;
  std::string language_, last_;
  float volume_ = 1, speed_ = 1;
  std::uint64_t turn_ = 0;  // grows with everything new
  bool busy_ = false, ends_ = false;
  std::thread thread_;
};

// At its full stops and line ends, no piece longer than `most` bytes; nothing empty.
std::deque<std::string> sentences_of(const std::string& text, std::size_t most = 600);

}  // namespace machi::host
