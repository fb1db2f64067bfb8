// The kiosk by itself: the processor's time of a frame and from a touch to the next one (the presenter
// without a window: software GL is off the path), 10,000 visitors in a row and what they leave allocated, the
// start of the real program to its first screen and what it does when nobody is there. MACHIKADO_VISITORS for
// fewer.
#include <malloc.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "kiosk/draw/stage.h"
#include "kiosk/presenter.h"
#include "kiosk/text/shaper.h"
#include "kiosk/window/fonts.h"
#include "tests/journeys/kiosk_hall.h"
#include "tests/unit/devices/process.h"

namespace {

using namespace machi;
using Clock = std::chrono::steady_clock;

double since_ms(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}
double middle(std::vector<double> all, double part = 0.5) {
  std::sort(all.begin(), all.end());
  return all.empty() ? 0 : all[static_cast<std::size_t>(static_cast<double>(all.size() - 1) * part)];
}
int say(const char* what, double value, double most) {
  std::printf("%s  %s %.2f (at most %.2f)\n", value <= most ? "held" : "NOT HELD", what, value, most);
  return value <= most ? 0 : 1;
}
std::int64_t allocated() {
  const auto all = ::mallinfo2();
  return static_cast<std::int64_t>(all.uordblks + all.hblkhd);
}

struct Panel {
  kiosk::Stage stage;
  std::unique_ptr<kiosk::Typesetter> type;
  std::unique_ptr<kiosk::Presenter> presenter;
  std::vector<double> frames;
  bool open() {
    stage.no_renderer();
    auto fonts = kiosk::installed_fonts();
    if (!fonts) return false;
    auto opened = kiosk::Typesetter::open(
        fonts.value().set, kiosk::harfbuzz_shaper(fonts.value().devanagari, fonts.value().mincho));
    if (!opened) return false;
    type = std::move(opened.value());
    presenter = std::make_unique<kiosk::Presenter>(*type);
    kiosk::Look look;
    look.width = 1080;
    look.height = 1920;
    presenter->look(look);
    return true;
  }
  void draw(const screen::Screen& screen) {
    presenter->show(screen);
    const auto begin = Clock::now();
    presenter->frame(stage.begin(1080, 1920));
    stage.end();
    frames.push_back(since_ms(begin));
  }
};

// One who gets a paper; draws each screen when there is a panel, and tells how long a touch took.
void visit(journeys::Hall& hall, Panel* panel, std::vector<double>* touches) {
  const auto touch = [&](const auto& what) {
    const auto begin = Clock::now();
    what();
    if (panel == nullptr) return;
    panel->draw(hall.screen());
    touches->push_back(since_ms(begin));
  };
  touch([&] { hall.touch("start"); });
  touch([&] { hall.choose_all("kinds", {"resident-record"}); });
  touch([&] { hall.touch("next"); });
  touch([&] { hall.touch("next"); });
  touch([&] { hall.put_card(); });
  for (const char digit : hall.pin) touch([&] { hall.touch("key." + std::string(1, digit)); });
  touch([&] { hall.touch("key.enter"); });
  touch([&] { hall.touch("pay"); });
  touch([&] { hall.take_paper(); });
  touch([&] { hall.lift_card(); });
  hall.wait(10'000);
  if (panel != nullptr) panel->draw(hall.screen());
}

int visitors(Panel& panel) {
  const char* told = std::getenv("MACHIKADO_VISITORS");
  const int all = told == nullptr ? 10'000 : std::atoi(told);
  std::vector<double> touches;
  std::int64_t at_tenth = 0, journals = 0;
  const auto begin = Clock::now();
  // The journal grows by design, and the test's world remembers everything: a new lobby each hundred
  // visitors.
  for (int done = 0; done < all;) {
    auto hall = std::make_unique<journeys::Hall>(static_cast<std::uint64_t>(done) + 1);
    hall->start();
    for (int i = 0; i < 100 && done < all; ++i, ++done) visit(*hall, &panel, &touches);
    journals += static_cast<std::int64_t>(hall->world.journal().size());
    hall.reset();
    if (done == std::max(100, all / 10)) at_tenth = allocated();
  }
  touches.shrink_to_fit();
  const double grown = static_cast<double>(allocated() - at_tenth) -
                       static_cast<double>(touches.capacity() + panel.frames.capacity()) * sizeof(double);
  std::printf("%d visitors in %.1f s, %lld records\n", all, since_ms(begin) / 1000,
              static_cast<long long>(journals));
  int out = say("KB grown over them", grown / 1000, 256);
  out += say("ms of processor a frame (middle)", middle(panel.frames), 4);
  out += say("ms of processor a frame (p99)", middle(panel.frames, 0.99), 16);
  return out + say("ms from a touch to the next frame (p99)", middle(touches, 0.99), 33);
}

double processor_seconds(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  std::string text(std::istreambuf_iterator<char>(in), {});
  std::istringstream words(text.substr(std::min(text.size(), text.rfind(')') + 2)));
  std::string word;
  long long ticks = 0;
  for (int i = 0; i < 13 && words >> word; ++i)
    if (i >= 11) ticks += std::atoll(word.c_str());
  return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

int start_and_idle() {
  const devices::test::Folder folder;
  const std::string socket = (folder / "notify").string();
  const int line = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  socket.copy(at.sun_path, sizeof at.sun_path - 1);
  if (::bind(line, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) return 1;
  const auto begin = Clock::now();
  devices::test::Process kiosk({MACHI_KIOSK, "--trial", "--offscreen", "--words", MACHI_CATALOGUES},
                               "/dev/null", {{"NOTIFY_SOCKET", socket}});
  pollfd one{line, POLLIN, 0};
  if (::poll(&one, 1, 30'000) <= 0) {
    std::printf("no window here: neither start nor idling was measured\n");
    ::close(line);
    return 0;
  }
  int out = say("s from the program's start to its first screen", since_ms(begin) / 1000, 2);
  devices::test::pause(1'000);
  const double before = processor_seconds(kiosk.id());
  devices::test::pause(8'000);
  out += say("% of a processor with nobody there", (processor_seconds(kiosk.id()) - before) / 8 * 100, 2);
  ::close(line);
  return out;
}

}  // namespace

int main() {
  if (!crypto::ready()) return 1;
  int out = 0;
  {
    Panel panel;
    if (!panel.open()) return 1;
    out += visitors(panel);
  }
  out += start_and_idle();
  return out == 0 && !testing::Test::HasFailure() ? 0 : 1;
}
