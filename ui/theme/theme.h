// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QWidget;

namespace Sluice {

/**
 * The colours of one mode. A widget asks for `Theme::of(palette())` when it paints, so a change of
 * mode reaches it as an ordinary palette change and nothing has to be handed around.
 */
struct Theme
{
    bool dark = false;
    bool highContrast = false; ///< Nothing shines through, lines are two pixels wide.

    QColor background; ///< The window.
    QColor surface;    ///< Editors and tables.
    QColor raised;     ///< Menus and popups.
    QColor line;       ///< 1 px separators and the borders of controls.
    QColor text;
    QColor secondary; ///< Labels, units, hints.
    QColor disabled;
    QColor accent;
    QColor accentText; ///< On the accent.
    QColor selection;  ///< Of rows, and the tint behind a {{variable}}.
    QColor hover;

    QColor good;
    QColor warning;
    QColor bad;

    QColor methodGet;
    QColor methodPost;
    QColor methodPut;
    QColor methodPatch;
    QColor methodDelete;
    QColor methodOther;

    // Charts and timing bars: distinguishable in every common colour vision deficiency.
    QColor inFlight;
    QColor waitingHost;
    QColor waitingTotal;
    QColor completed;
    QColor errors;
    QColor p50;
    QColor p95;
    QColor p99;
    QColor connecting;
    QColor downloading;

    static const Theme &lightMode();
    static const Theme &darkMode();
    static const Theme &lightContrast();
    static const Theme &darkContrast();
    /**
     * The mode that \a palette belongs to, told by its window colour: how bright it is, and whether
     * it is as black or white as can be.
     */
    static const Theme &of(const QPalette &palette);

    /** The badge colour of an HTTP method, in any case. */
    const QColor &methodColor(QStringView method) const;
    /** The palette for Qt's own widgets. */
    QPalette palette() const;
};

/** WCAG 2.2, contrast ratio: 1 to 21. */
double contrastRatio(const QColor &a, const QColor &b);

/** Gives the text of \a label a colour of its own, whatever its background. */
void tintText(QWidget *label, const QColor &color);

/** The interface font: Inter where it is installed, else the system's; 13 px at 96 dpi. */
QFont interfaceFont();
/** URLs, bodies, headers: JetBrains Mono where it is installed, else the system's. */
QFont monospaceFont();
/** \a font with digits of one width, for numbers that change or stand in columns. */
QFont tabularFont(QFont font);
/** \a font at \a percent of its size. */
QFont scaledFont(QFont font, int percent);

} // namespace Sluice
