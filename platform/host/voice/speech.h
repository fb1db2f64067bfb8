// Port: a text becomes sound. Natively by programs (program_speech.h); in a browser the page's own voice.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace machi::host {

struct Utterance {
  std::string text;      // one sentence; readings stand for kanji
  std::string language;  // BCP 47
  float speed = 1;       // 0.5 to 2
};

// 16 bit, one channel.
struct Sound {
  int rate = 0;  // samples a second
  std::vector<std::int16_t> samples;
};

class Speech {
 public:
  virtual ~Speech() = default;
  // Takes a while. Unsupported for a language that it does not speak, Unreachable when it does not answer,
  // NotFound when stop() came in between.
  virtual base::Result<Sound> make(const Utterance& said) = 0;
  // From any thread: a make() that runs ends at once, without a sound.
  virtual void stop() = 0;
};

// A RIFF file of 16 bit PCM with one channel. BadInput.
base::Result<Sound> read_wav(base::ByteView file);

}  // namespace machi::host
