// One look at the office's drafts.
#include "platform/town/notice_press.h"

#include "core/crypto/drbg.h"
#include "platform/town/notice_desk.h"

namespace machi::town {

using base::Code;
using notice::DraftLine;
using notice::Printed;

namespace {

// The salt of a version's words is always the same one, and nobody else knows it: what was printed before the
// press died is known again by its hash.
Result<crypto::Drbg> salt_of(const TownFolder& folder, const DraftLine& line) {
  const std::filesystem::path file = folder.path / "keys" / "salt.key";
  auto kept = host::read_file(file, 32);
  if (!kept.ok() && kept.code() == Code::NotFound) {
    crypto::SystemEntropy entropy;
    base::Bytes made(32);
    entropy.fill(made);
    MACHI_TRY(host::write_file(file, made, host::Privacy::Secret));
    kept = std::move(made);
  }
  if (!kept.ok()) return kept.error();
  MACHI_TRY_SET(key, base::fixed<32>(*kept));
  return crypto::Drbg(crypto::Secret<32>(crypto::keyed_hash(crypto::Secret<32>(key), line.hash)));
}

bool lost(Code code) {
  return code == Code::Storage || code == Code::StorageFull || code == Code::Unreachable;
}

}  // namespace

Result<PressRun> press(SchoolFounder& office, const TownFolder& folder, Instant now) {
  PressRun run;
  MACHI_TRY_SET(lines, office.drafts().lines());
  for (const DraftLine& line : lines) {
    Printed done{line.draft.id, line.hash, now, 0, ""};
    if (line.state() == notice::DraftState::Withdrawn) {
      MACHI_TRY(withdraw_notice(folder, *line.serial, now));
      done.draft = {};
      done.serial = *line.serial;
      ++run.withdrawn;
    } else if (line.state() == notice::DraftState::Approved && !line.printed &&
               (!line.draft.header.from || *line.draft.header.from <= now)) {
      notice::NoticeHeader header = line.draft.header;
      header.act = line.serial ? notice::NoticeAct::Correct : notice::NoticeAct::Publish;
      header.of = line.serial.value_or(0);
      MACHI_TRY_SET(salt, salt_of(folder, line));
      const auto serial = publish_notice(folder, header, line.draft.body, salt, now);
      if (!serial.ok() && lost(serial.code())) return serial.error();
      if (serial.ok()) {
        done.serial = *serial;
        ++(line.serial ? run.corrected : run.published);
      } else {
        done.trouble = base::code_name(serial.code());
        ++run.refused;
      }
    } else {
      continue;
    }
    MACHI_TRY(office.tell(notice::kKindPrinted, notice::encode(done), now));
  }
  return run;
}

}  // namespace machi::town
