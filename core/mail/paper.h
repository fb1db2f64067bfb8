// Paper keys: what a person keeps on a printed sheet. An office's is a member of its mailbox and lets any
// device in when all desks are lost; a person's opens the one slot in which a lost phone's keys and tables
// are locked (PROTOCOL.md, Recovery). 18 random bytes and two that tell a slip of the pen: 32 signs, or a QR
// code. Values; any thread; pure.
#pragma once

#include "core/mail/envelope.h"

namespace machi::mail {

struct PaperKey {
  crypto::Secret<18> bytes;
  PaperKey clone() const { return {bytes.clone()}; }
};

PaperKey make_paper(base::Entropy& entropy);
// "3F7K-20AB-...", eight groups; and back: hyphens, spaces, lower case, I L O are understood. BadInput when
// the two bytes at the end do not agree: a sign was misread.
std::string print_paper(const PaperKey& paper);
Result<PaperKey> parse_paper(std::string_view text);

// What the QR code holds: "k=" + base64url of {1: mailbox, 2: bytes}, a URL's fragment.
std::string paper_fragment(const MailboxId& mailbox, const PaperKey& paper);
struct PaperSheet {
  std::optional<MailboxId> mailbox;  // not in the 32 signs
  PaperKey paper;
};
// Out of a fragment, a whole URL, or the signs alone.
Result<PaperSheet> paper_from_text(std::string_view text);

// As a device: its posting keys and its sealing key are members of mailboxes.
crypto::Secret<32> paper_seed(const PaperKey& paper);

struct SlotTag {};
using SlotId = base::Id<SlotTag>;
SlotId slot_id(const PaperKey& paper);

// What a slot holds: the person's mailbox, the seed of the device that wrote it, the same content as a
// snapshot's.
struct SlotContent {
  MailboxId mailbox;
  crypto::Secret<32> seed;
  Bytes content;
};
struct SlotRecord {
  MailboxId mailbox;
  SlotId id;
  Bytes locked;
  SignPublic author;
};
inline constexpr std::size_t kSlotLimit = 128 * 1024;
// TooLarge past 64 KB compressed.
Result<Bytes> make_slot(base::Entropy& entropy, const PaperKey& paper, const SlotContent& content,
                        const SignKey& author);
Result<SlotRecord> read_slot(ByteView bytes);
Result<SlotContent> open_slot(const PaperKey& paper, ByteView locked);

// A new device of a person, said by both: its own signature here, the known device's on the envelope around
// it.
struct DeviceStatement {
  MailboxId office;
  SignPublic device;  // its posting key there
  MailboxId person;
};
Bytes make_device_statement(const DeviceStatement& statement, const SignKey& device);
Result<DeviceStatement> read_device_statement(ByteView bytes);

}  // namespace machi::mail
