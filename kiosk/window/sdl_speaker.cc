// Sounds wait in SDL's own queue, which can be emptied at any moment.
#include <SDL.h>

#include <cmath>

#include "kiosk/window/speaker.h"

namespace machi::kiosk {
namespace {

class SdlSpeaker final : public host::Speaker {
 public:
  SdlSpeaker() = default;
  SdlSpeaker(const SdlSpeaker&) = delete;
  SdlSpeaker& operator=(const SdlSpeaker&) = delete;
  ~SdlSpeaker() override {
    if (device_ != 0) SDL_CloseAudioDevice(device_);
    if (ready_) SDL_QuitSubSystem(SDL_INIT_AUDIO);
  }

  void play(const host::Sound& sound, float volume) override {
    if (!open(sound.rate)) return;
    std::vector<std::int16_t> samples = sound.samples;
    for (std::int16_t& one : samples)
      one = static_cast<std::int16_t>(std::lround(static_cast<float>(one) * volume));
    SDL_QueueAudio(device_, samples.data(), static_cast<Uint32>(samples.size() * sizeof samples[0]));
    SDL_PauseAudioDevice(device_, 0);
  }
  void hush() override {
    if (device_ != 0) SDL_ClearQueuedAudio(device_);
  }

 private:
  bool open(int rate) {
    if (!ready_) ready_ = SDL_InitSubSystem(SDL_INIT_AUDIO) == 0;
    if (!ready_) return false;
    if (device_ != 0 && rate == rate_) return true;
    if (device_ != 0) SDL_CloseAudioDevice(device_);
    SDL_AudioSpec wanted;
    SDL_zero(wanted);
    wanted.freq = rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 2048;
    device_ = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    rate_ = rate;
    return device_ != 0;
  }

  bool ready_ = false;
  SDL_AudioDeviceID device_ = 0;
  int rate_ = 0;
};

}  // namespace

std::unique_ptr<host::Speaker> sdl_speaker() { return std::make_unique<SdlSpeaker>(); }

}  // namespace machi::kiosk
