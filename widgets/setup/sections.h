// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "setup/section.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace octavo::gui {

class SchemeList;
class Session;
class SolverOptionsBox;

/// The GPU that serves and the context it is planned for.
class TargetSection : public Section {
    Q_OBJECT

public:
    explicit TargetSection(Session& session, QWidget* parent = nullptr);
};

/// What is opened.
class ModelSection : public Section {
    Q_OBJECT

public:
    explicit ModelSection(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    void openRequested();

private:
    void follow();

    Session& m_session;
    QLabel* m_name = nullptr;
    QLabel* m_facts = nullptr;
    QPushButton* m_open = nullptr;
};

/// Text that is run through the model.
class CalibrationSection : public Section {
    Q_OBJECT

public:
    explicit CalibrationSection(Session& session, QWidget* parent = nullptr);

private:
    enum class Choice { builtIn, own, current, file, several };

    void follow();
    void fillSources();
    void choose(int index);
    void write();

    Session& m_session;
    QComboBox* m_source = nullptr;
    QSpinBox* m_samples = nullptr;
    QSpinBox* m_length = nullptr;
    QSpinBox* m_seed = nullptr;
    QCheckBox* m_packing = nullptr;
    QPushButton* m_preview = nullptr;
    QLabel* m_hint = nullptr;
    bool m_following = false;
};

/// The scheme with its verdict for the target.
class SchemeSection : public Section {
    Q_OBJECT

public:
    explicit SchemeSection(Session& session, QWidget* parent = nullptr);

private:
    void follow();

    Session& m_session;
    SchemeList* m_list = nullptr;
    QLabel* m_verdict = nullptr;
};

/// Options of the chosen scheme only: smoothing where activations are integers, the solver where there are data, the
/// ignore list always.
class OptionsSection : public Section {
    Q_OBJECT

public:
    explicit OptionsSection(Session& session, QWidget* parent = nullptr);

private:
    QWidget* makeSmoothing();
    void follow();
    void writeSmoothing();
    void writeScaling(bool on);

    Session& m_session;
    QWidget* m_smoothing = nullptr;
    SolverOptionsBox* m_solver = nullptr;
    QCheckBox* m_scaling = nullptr;
    QComboBox* m_mode = nullptr;
    QDoubleSpinBox* m_strength = nullptr;
    QCheckBox* m_norms = nullptr;
    QCheckBox* m_upDown = nullptr;
    QCheckBox* m_valueOutput = nullptr;
    QCheckBox* m_kvCache = nullptr;
    QLineEdit* m_ignore = nullptr;
    QLabel* m_overrides = nullptr;
    bool m_following = false;
};

/// What it will cost and bring, as a forecast.
class ForecastSection : public Section {
    Q_OBJECT

public:
    explicit ForecastSection(Session& session, QWidget* parent = nullptr);

private:
    void follow();

    Session& m_session;
    QLabel* m_hint = nullptr;
    QWidget* m_grid = nullptr;
    QList<QLabel*> m_values;
};

} // namespace octavo::gui
