// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/http/requestspec.h"

#include <QUndoCommand>

#include <functional>

namespace Sluice {

/** Names the part of a request that an edit touched; edits of one part in a row are one step. */
enum class SpecPart { Method, Url, Params, Headers, Body, Auth, Checks, Settings, Docs };

/** One step of editing a request, undone by putting the earlier request back. */
class SpecCommand final : public QUndoCommand
{
public:
    using Apply = std::function<void(const RequestSpec &)>;

    /** \a apply is called for undo and redo, not for the edit itself, which is already shown. */
    SpecCommand(SpecPart part, RequestSpec before, RequestSpec after, Apply apply);

    void undo() override;
    void redo() override;
    int id() const override;
    bool mergeWith(const QUndoCommand *other) override;

private:
    SpecPart m_part;
    RequestSpec m_before;
    RequestSpec m_after;
    Apply m_apply;
    bool m_shown = true;
};

} // namespace Sluice
