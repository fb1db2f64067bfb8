// The voice on the real programs: sound that can be heard, the newest thing only, and silence when asked.
#include "platform/host/voice/voice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "platform/host/voice/program_speech.h"

namespace machi::host {
namespace {

ProgramSpeech real() {
  SpeechPlan plan;
  plan.voice = MACHI_VOICE;
  return ProgramSpeech(plan);
}
double loudness(const Sound& sound) {
  double sum = 0;
  for (const std::int16_t one : sound.samples) sum += static_cast<double>(one) * one;
  return sound.samples.empty() ? 0 : std::sqrt(sum / static_cast<double>(sound.samples.size()));
}
double seconds(const Sound& sound) {
  return static_cast<double>(sound.samples.size()) / static_cast<double>(sound.rate);
}

TEST(ProgramSpeech, ReadsJapaneseAloud) {
  ProgramSpeech speech = real();
  const auto sound = speech.make({"カードを、おいてください。", "ja", 1});
  ASSERT_TRUE(sound.ok()) << sound.error().detail;
  EXPECT_GT(loudness(*sound), 200);
  EXPECT_GT(seconds(*sound), 0.8);
  EXPECT_LT(seconds(*sound), 6);
}

TEST(ProgramSpeech, SpeaksFasterWhenAsked) {
  ProgramSpeech speech = real();
  const auto slow = speech.make({"じゅうみんひょうのうつしを、えらびました。", "ja-x-easy", 0.75F});
  const auto fast = speech.make({"じゅうみんひょうのうつしを、えらびました。", "ja-x-easy", 1.5F});
  ASSERT_TRUE(slow.ok());
  ASSERT_TRUE(fast.ok());
  EXPECT_LT(seconds(*fast) * 1.5, seconds(*slow));
}

TEST(ProgramSpeech, ReadsOtherLanguagesAndIsSilentInOneThatHasNoVoice) {
  ProgramSpeech speech = real();
  const std::pair<const char*, const char*> said[] = {{"en", "Please take your card."},
                                                      {"vi", "Xin lấy thẻ của bạn."},
                                                      {"zh-Hans", "请取走您的卡。"},
                                                      {"ne", "आफ्नो कार्ड लिनुहोस्।"}};
  for (const auto& [language, text] : said) {
    const auto sound = speech.make({text, language, 1});
    ASSERT_TRUE(sound.ok()) << language;
    EXPECT_GT(loudness(*sound), 200) << language;
  }
  EXPECT_EQ(base::Code::Unsupported, speech.make({"Kunin ang card.", "fil", 1}).code());
}

TEST(ProgramSpeech, SaysSoWhenItsProgramIsNotThere) {
  SpeechPlan plan;
  plan.voice = MACHI_VOICE;
  plan.jtalk = "no-such-program";
  ProgramSpeech speech(plan);
  EXPECT_FALSE(speech.make({"カード", "ja", 1}).ok());
}

TEST(Wav, IsRefusedWhenItIsSomethingElse) {
  EXPECT_FALSE(read_wav(base::view("RIFF")).ok());
  EXPECT_FALSE(read_wav(base::view("RIFF\0\0\0\0WAVEdata\xff\xff\xff\xff")).ok());
  base::Bytes stereo = base::copy(base::view("RIFF____WAVEfmt "));
  for (const int byte : {16, 0, 0, 0, 1, 0, 2, 0, 0x80, 0xbb, 0, 0, 0, 0, 0, 0, 4, 0, 16, 0})
    stereo.push_back(static_cast<std::uint8_t>(byte));
  EXPECT_FALSE(read_wav(stereo).ok());
}

TEST(Sentences, EndAtFullStopsAndAreNeverTooLong) {
  const auto all = sentences_of("おきます。とります！\n\n Take it. おわり");
  ASSERT_EQ(4U, all.size());
  EXPECT_EQ("おきます。", all[0]);
  EXPECT_EQ("おわり", all[3]);
  std::string endless;
  for (int i = 0; i < 500; ++i) endless += "あ";
  for (const std::string& one : sentences_of(endless)) EXPECT_LE(one.size(), 600U);
  EXPECT_TRUE(sentences_of(" \n ").empty());
}

// Keeps what was played since it was last hushed.
class KeepingSpeaker final : public Speaker {
 public:
  void play(const Sound& sound, float volume) override {
    const std::lock_guard hold(mutex_);
    played_.push_back(sound);
    volumes_.push_back(volume);
  }
  void hush() override {
    const std::lock_guard hold(mutex_);
    played_.clear();
    ++hushed_;
  }
  std::vector<Sound> played() const {
    const std::lock_guard hold(mutex_);
    return played_;
  }
  float last_volume() const {
    const std::lock_guard hold(mutex_);
    return volumes_.back();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Sound> played_;
  std::vector<float> volumes_;
  int hushed_ = 0;
};

TEST(Voice, EndsWhatItWasSayingWhenSomethingNewHasTheFocus) {
  ProgramSpeech speech = real();
  KeepingSpeaker speaker;
  Voice voice(speech, speaker);
  voice.say("これは、とてもながいせつめいです。はじめに、カードをおきます。つぎに、ばんごうをおします。",
            "ja");
  voice.say("はい。", "ja");
  voice.settle();
  const auto played = speaker.played();
  const auto alone = speech.make({"はい。", "ja", 1});
  ASSERT_TRUE(alone.ok());
  ASSERT_EQ(1U, played.size());
  EXPECT_EQ(alone->samples, played[0].samples);
}

TEST(Voice, SaysALongTextSentenceBySentence) {
  ProgramSpeech speech = real();
  KeepingSpeaker speaker;
  Voice voice(speech, speaker);
  voice.say("カードをおきます。ばんごうをおします。", "ja");
  voice.settle();
  EXPECT_EQ(2U, speaker.played().size());
}

TEST(Voice, RepeatsWithAnotherVolumeAndForgets) {
  ProgramSpeech speech = real();
  KeepingSpeaker speaker;
  Voice voice(speech, speaker);
  voice.say("はい。", "ja");
  voice.settle();
  voice.volume(0.4F);
  voice.repeat();
  voice.settle();
  ASSERT_EQ(1U, speaker.played().size());
  EXPECT_FLOAT_EQ(0.4F, speaker.last_volume());
  voice.volume(7);
  EXPECT_FLOAT_EQ(1, voice.volume());
  voice.forget();
  EXPECT_TRUE(speaker.played().empty());
  voice.repeat();
  voice.settle();
  EXPECT_TRUE(speaker.played().empty());
}

}  // namespace
}  // namespace machi::host
