// Enrolment slips: a code of 16 signs, the signed token that carries it, and the application that a phone
// makes from it (PROTOCOL.md, Slips). Values; any thread; pure.
#pragma once

#include "core/code/cwt.h"
#include "core/mail/envelope.h"
#include "core/mail/feed.h"

namespace machi::mail {

struct SlipTag {};
using SlipId = Id<SlipTag>;
using SlipCode = base::Array<10>;

SlipId slip_id(const SlipCode& code);
// "3F7K-20AB-CDEF-GH12", and back: hyphens, spaces, lower case, I L O are understood.
std::string print_code(const SlipCode& code);
Result<SlipCode> parse_code(std::string_view text);

struct Slip {
  TownId town;
  SlipCode code{};
  MailboxId office;
  std::string office_name;
  Instant issued;
  Instant expires;
};
Bytes make_slip(const Slip& slip, const SignKey& pen);
// BadSignature | WrongPurpose | WrongTown | Expired (48 h of grace) | UnknownKey when it is not signed by a slip key
// of the very office that it names. `office`: of the directory, the one that peek_slip says.
Result<Slip> read_slip(ByteView cose, const Town& town, const Office& office, Instant now);
// The slip without any check, to say whose it is in an error.
Result<Slip> peek_slip(ByteView cose);

// The URL's fragment, "s=" + base64url(zlib(slip)); and the slip out of a fragment, a whole URL, or "MK1:"
// text.
std::string slip_fragment(ByteView cose);
Result<Bytes> slip_from_text(std::string_view text);

struct SlipRecord {
  MailboxId office;
  SlipId id;
  Bytes locked;
  Instant to;
  SignPublic author;
};
Bytes make_slip_record(base::Entropy& entropy, const MailboxId& office, const SlipCode& code, ByteView slip,
                       Instant to, const SignKey& author);
Result<SlipRecord> read_slip_record(ByteView bytes);
// The slip out of a record's locked bytes.
Result<Bytes> unlock_slip(const SlipCode& code, ByteView locked);

// Content of "slip.application".
struct Application {
  SlipId slip;
  SlipCode code{};
  std::string guardian;
  base::Date birth;
  std::string digits;  // last four of the registered telephone
  MailboxId person;
  std::uint64_t epoch = 0;
  SealPublic epoch_key;
  std::string language;
};
code::Cbor encode_application(const Application& application);
Result<Application> decode_application(const code::Cbor& content);

}  // namespace machi::mail
