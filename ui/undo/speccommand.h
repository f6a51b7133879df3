// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

#include <QDeadlineTimer>
#include <QUndoCommand>

#include <functional>
#include <optional>

namespace Sluice {

/** Names the part of a request that an edit touched; typing into one part without a pause is one
 * step. */
enum class SpecPart { Method, Url, Params, Headers, Body, Auth, Checks, Settings, Docs };

/** One step of editing a request, undone by putting the earlier request back. */
class SpecCommand final : public QUndoCommand
{
public:
    using Apply = std::function<void(const RequestSpec &)>;

    /**
     * \a apply is called for undo and redo, not for the edit itself, which is already shown.
     * \a document tells the request from others of the same history.
     */
    SpecCommand(SpecPart part, const void *document, RequestSpec before, RequestSpec after,
                Apply apply);
    /** A step with a text of its own, e.g. for a file that was loaded again. */
    SpecCommand(const QString &text, RequestSpec before, RequestSpec after, Apply apply);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    std::optional<SpecPart> m_part;
    const void *m_document = nullptr;
    RequestSpec m_before;
    RequestSpec m_after;
    Apply m_apply;
    QDeadlineTimer m_mergeUntil;
    bool m_shown = true;
};

} // namespace Sluice
