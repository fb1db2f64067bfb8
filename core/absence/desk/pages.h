// DeskPages: where the person at the desk is. The app shows view(), hands actions to act(), and carries out
// the wishes that lie outside of the school's tables. Owned by the desk app; one thread.
#pragma once

#include "core/absence/desk/devices/lock.h"
#include "core/absence/desk/page.h"

namespace machi::absence {

class DeskPages {
 public:
  DeskPages(SchoolDesk& school, base::Entropy& entropy);

  const DeskPlace& place() const { return place_; }
  screen::Screen view(const DeskScene& scene) const;
  // The action still means what it meant (screen::still_means). `scene` as the screen was drawn from.
  // `file`: what was chosen, with the action "open".
  Result<DeskWish> act(const screen::Action& action, const DeskScene& scene,
                       const OpenedFile* file = nullptr);
  // Locks the screen when nobody did anything for long enough.
  Status tick(Instant now);
  // For an office whose pages are not these: its lock is.
  bool locked() const { return lock_.locked(); }
  void touch(Instant now) { lock_.touch(now); }
  Status lock_now() { return lock(); }
  // A sentence to show until the next press.
  void notice(std::string key) { place_.notice = std::move(key); }

 private:
  Status unlock(const screen::Action& action, const DeskScene& scene);
  Status lock();
  void forget();

  SchoolDesk& school_;
  base::Entropy& entropy_;
  DeskLock lock_;
  DeskPlace place_;
};

}  // namespace machi::absence
