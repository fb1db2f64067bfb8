// Speech by programs of their own: Open JTalk for Japanese, eSpeak NG for other languages. The text goes in
// by standard input and the sound comes out by standard output: neither a command line nor a file ever holds
// what is said. make() in one thread, stop() from any.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <mutex>

#include "platform/host/voice/speech.h"

namespace machi::host {

struct SpeechPlan {
  std::filesystem::path voice;  // .htsvoice; empty: no Japanese
  std::filesystem::path dictionary = "/var/lib/mecab/dic/open-jtalk/naist-jdic";
  std::string jtalk = "open_jtalk", espeak = "espeak-ng";
};

class ProgramSpeech final : public Speech {
 public:
  explicit ProgramSpeech(SpeechPlan plan) : plan_(std::move(plan)) {}
  base::Result<Sound> make(const Utterance& said) override;
  void stop() override;

 private:
  base::Result<base::Bytes> run(const std::vector<std::string>& words, const std::string& text);
  SpeechPlan plan_;
  std::mutex mutex_;
  pid_t running_ = -1;
  bool stopped_ = false;
};

}  // namespace machi::host
