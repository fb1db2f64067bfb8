/* The one C interface to the core, for wasm and every native shell. One machi at a time belongs to one
 * thread. Texts are UTF-8, NUL-terminated; a returned text is valid until the next call on the same machi.
 * Bytes cross by handle in chunks of at most 64 KB. Errors are -1, 0 or NULL as said. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct machi_core machi_core; /* not `machi`: that is the namespace */

/* config: {"app": "citizen"|"desk"|"notices"|"support", "database": path or ":memory:", "vfs": name or "",
 * "pack": town pack object, "hub": origin, "site": origin}. NULL when it cannot be opened;
 * machi_receive(NULL) then tells why as a Log effect. */
machi_core* machi_open(const char* config);
/* One event as JSON. 0, or -1 when it is no event. */
int machi_send(machi_core* m, const char* event);
/* The next effect as JSON, or NULL when there is none. */
const char* machi_receive(machi_core* m);
/* The screen as JSON. */
const char* machi_view(machi_core* m);
/* To be called once the screen of an event was shown: what could wait for that is written down now. Effects
 * may follow. */
void machi_rest(machi_core* m);
/* Appends n bytes to a handle (0 makes a new one); the handle, or 0 when it would grow past 4 MB. */
uint32_t machi_put(machi_core* m, uint32_t handle, const uint8_t* bytes, size_t n);
/* Copies up to capacity bytes from offset; how many there are from offset on. */
size_t machi_get(machi_core* m, uint32_t handle, size_t offset, uint8_t* out, size_t capacity);
void machi_drop(machi_core* m, uint32_t handle);
void machi_close(machi_core* m);
/* The picture of a Photo node, by the node's value: a handle of its bytes (JPEG), which the caller drops; 0 =
 * it is not here. */
uint32_t machi_picture(machi_core* m, const char* id);
/* Version of the program and of the formats, as JSON. */
const char* machi_version(void);

#ifdef __cplusplus
}
#endif
