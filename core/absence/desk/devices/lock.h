// DeskLock: the screen lock of a PC that several people use. A PIN is a screen lock, not encryption: it keeps
// eyes and passing hands away, nothing more. It locks when a person says so, after minutes without a press,
// and stays locked over a restart; wrong tries make the next one wait. Kept in the desk's settings. Owned by
// DeskPages; one thread. Storage is all that can fail.
#pragma once

#include "core/absence/desk/scene.h"
#include "core/base/entropy.h"

namespace machi::absence {

inline constexpr std::size_t kPinShortest = 4;
inline constexpr std::size_t kPinLongest = 8;
inline constexpr int kLockMinutes[] = {1, 3, 5, 10, 30};

// How the lock stands: what its screens show.
class LockState {
 public:
  explicit LockState(const SchoolDesk& school) : desk_(school) {}
  bool has_pin() const { return !desk_.setting("lock.pin").empty(); }
  bool locked() const { return has_pin() && desk_.setting("lock.open") != "1"; }
  int minutes() const;
  int wrong() const;  // wrong tries since the last right one
  // When the next try is taken; nothing: at once.
  std::optional<Instant> waits(Instant now) const;
  std::size_t length() const;  // digits of the PIN

 private:
  const SchoolDesk& desk_;
};

class DeskLock : public LockState {
 public:
  DeskLock(SchoolDesk& school, base::Entropy& entropy)
      : LockState(school), school_(school), entropy_(entropy) {}

  // 4 to 8 digits, of either width; BadInput for anything else. The desk stays open.
  Status choose(std::string_view pin, Instant now);
  Status remove();
  Status set_minutes(int minutes) { return school_.set("lock.minutes", std::to_string(minutes)); }
  // Shuts the screen, and forgets who was working here.
  Status lock();
  // A person did something. Ticks lock the desk when nobody did for long enough.
  void touch(Instant now) { touched_ = now; }
  Status tick(Instant now);
  // True: open. A try while it waits, and one of another length, is none.
  Result<bool> open(std::string_view pin, Instant now);

 private:
  SchoolDesk& school_;
  base::Entropy& entropy_;
  std::optional<Instant> touched_;
};

// The shut screen: no name and no number of anybody.
screen::Screen locked_screen(const DeskScene& scene, const LockState& lock);

}  // namespace machi::absence
