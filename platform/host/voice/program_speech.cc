// Open JTalk reads one line of at most a kilobyte: whoever calls gives sentences.
#include "platform/host/voice/program_speech.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

namespace machi::host {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kLongestText = 900;        // bytes; Open JTalk's buffer has 1024
constexpr std::size_t kLongestSound = 32 << 20;  // minutes
constexpr int kPatienceMs = 20'000;

// As eSpeak NG names them; Filipino has no voice of its own.
std::string espeak_voice(const std::string& language) {
  if (language.starts_with("zh")) return "cmn";
  for (const char* one : {"en", "ko", "vi", "pt", "es", "ne", "id"})
    if (language.starts_with(one)) return one;
  return "";
}

std::uint32_t u32(base::ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
         static_cast<std::uint32_t>(bytes[at + 2]) << 16 | static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

std::string number(float value) {
  const int hundredths = static_cast<int>(value * 100);
  return std::to_string(hundredths / 100) + "." + std::to_string(hundredths % 100 / 10) +
         std::to_string(hundredths % 10);
}

}  // namespace

Result<Sound> read_wav(base::ByteView file) {
  constexpr std::size_t kHeader = 12;
  const auto is = [&](std::size_t at, const char* tag) {
    return at + 4 <= file.size() && std::memcmp(file.data() + at, tag, 4) == 0;
  };
  if (!is(0, "RIFF") || !is(8, "WAVE")) return fail(Code::BadInput, "no WAV");
  Sound out;
  for (std::size_t at = kHeader; at + 8 <= file.size();) {
    // What is written into a pipe does not know its length beforehand: then it goes to the end.
    const std::size_t size = std::min<std::size_t>(u32(file, at + 4), file.size() - at - 8);
    if (is(at, "fmt ") && size >= 16) {
      const bool plain = file[at + 8] == 1 && file[at + 10] == 1 && file[at + 22] == 16;
      out.rate = static_cast<int>(u32(file, at + 12));
      if (!plain || out.rate < 8000 || out.rate > 96'000) return fail(Code::BadInput, "another sound");
    }
    if (is(at, "data") && out.rate > 0) {
      out.samples.resize(size / 2);
      for (std::size_t i = 0; i < out.samples.size(); ++i)
        out.samples[i] = static_cast<std::int16_t>(file[at + 8 + 2 * i] | file[at + 9 + 2 * i] << 8);
      return out;
    }
    at += 8 + size + size % 2;
  }
  return fail(Code::BadInput, "no sound");
}

Result<Sound> ProgramSpeech::make(const Utterance& said) {
  std::string text = said.text.substr(0, kLongestText);
  while (!text.empty() && text.size() == kLongestText &&
         (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80)
    text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  text += '\n';
  const float speed = std::clamp(said.speed, 0.5F, 2.0F);
  std::vector<std::string> words;
  if (said.language.starts_with("ja")) {
    if (plan_.voice.empty()) return fail(Code::Unsupported, "no Japanese voice");
    words = {
        plan_.jtalk, "-x",         plan_.dictionary.string(), "-m", plan_.voice.string(), "-r", number(speed),
        "-ow",       "/dev/stdout"};
  } else {
    const std::string voice = espeak_voice(said.language);
    if (voice.empty()) return fail(Code::Unsupported, "no voice for this language");
    words = {plan_.espeak, "-v",      voice, "-s", std::to_string(static_cast<int>(165 * speed)),
             "--stdin",    "--stdout"};
  }
  MACHI_TRY_SET(file, run(words, text));
  return read_wav(file);
}

void ProgramSpeech::stop() {
  const std::lock_guard hold(mutex_);
  stopped_ = true;
  if (running_ > 0) kill(running_, SIGKILL);
}

Result<base::Bytes> ProgramSpeech::run(const std::vector<std::string>& words, const std::string& text) {
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0) return fail(Code::Unreachable, "pipe");
  if (pipe2(out, O_CLOEXEC) != 0) {
    close(in[0]);
    close(in[1]);
    return fail(Code::Unreachable, "pipe");
  }
  std::vector<std::string> copy = words;
  std::vector<char*> arguments;
  for (std::string& word : copy) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = -1;
  {
    const std::lock_guard hold(mutex_);
    stopped_ = false;
    child = fork();
    if (child == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      const int nowhere = open("/dev/null", O_WRONLY);
      if (nowhere >= 0) dup2(nowhere, 2);
      execvp(arguments[0], arguments.data());
      _exit(127);
    }
    running_ = child;
  }
  close(in[0]);
  close(out[1]);
  base::Bytes sound;
  // The text is shorter than a pipe holds, and it is written before the program has had time to end.
  bool fine = child > 0 && write(in[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(in[1]);
  while (fine) {
    pollfd one{out[0], POLLIN, 0};
    if (poll(&one, 1, kPatienceMs) <= 0 || sound.size() > kLongestSound) {
      fine = false;
      break;
    }
    std::uint8_t piece[16384];
    const auto got = read(out[0], piece, sizeof piece);
    if (got <= 0) break;
    sound.insert(sound.end(), piece, piece + got);
  }
  close(out[0]);
  const std::lock_guard hold(mutex_);
  if (child > 0 && !fine) kill(child, SIGKILL);
  int status = -1;
  if (child > 0) waitpid(child, &status, 0);
  running_ = -1;
  if (stopped_) return fail(Code::NotFound, "stopped");
  if (!fine || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return fail(Code::Unreachable, "the program " + words.front());
  return sound;
}

}  // namespace machi::host
